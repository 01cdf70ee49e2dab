// Gives a run some commands, waits for what becomes of each, and prints it.
import { systemClock } from '../../../src/engine/clock.ts';
import { awaitAnswer, putCommand } from '../../../src/engine/journal/inbox-client.ts';

const [folder = '', ...types] = process.argv.slice(2);
const clock = systemClock();
for (const type of types) {
  const put = await putCommand(folder, { type }, { clock });
  if (!put.ok) throw new Error(put.message);
  const answer = await awaitAnswer(folder, put.id, { clock, timeoutMs: 20_000 });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
