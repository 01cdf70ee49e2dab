// Takes the lock of a run's folder when told to and prints how that went; holds it until killed.
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/engine/clock.ts';
import { acquire } from '../../../src/engine/journal/acquire-lock.ts';

const folder = process.argv[2] ?? '';
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'take') break;
  const taken = await acquire(folder, { clock: systemClock() });
  process.stdout.write(`${taken.ok ? `took ${taken.lock.epoch}` : taken.code}\n`);
}
