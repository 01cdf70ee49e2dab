// Drives a journal as fast as it can and prints each event that is durable, until it is killed.
import { systemClock } from '../../../src/engine/clock.ts';
import { acquire } from '../../../src/engine/journal/acquire-lock.ts';
import { openJournal } from '../../../src/engine/journal/open-journal.ts';
import { decision, planDigest, type TestEvent } from '../journal-lines.ts';

const folder = process.argv[2] ?? '';
const taken = await acquire(folder, { clock: systemClock() });
if (!taken.ok) throw new Error(taken.message);
const opened = await openJournal<TestEvent>(folder, { fence: taken.lock, planDigest });
if (!opened.ok) throw new Error(opened.message);
const { journal } = opened;
process.stdout.write(`driving ${taken.lock.epoch}\n`);
for (let round = 1; ; round += 1) {
  // Long decisions, so that a kill often meets one half written.
  for (let n = round % 7; n >= 0; n -= 1) {
    journal.enqueue(decision(journal.head.seq + 1, 50, 'x'.repeat(400)));
  }
  const flushed = await journal.flush();
  process.stdout.write(flushed.ok ? `${flushed.head.seq}\n` : `${flushed.code}\n`);
  if (!flushed.ok) break;
}
