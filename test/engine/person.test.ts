import { expect, test } from 'vitest';
import { waitingCommands } from '../../src/engine/journal/inbox-folder.ts';
import { bringCommand } from '../../src/engine/person.ts';
import { run } from '../cli/fake-engine.ts';
import { Story } from '../core/projections/story.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

test('a command that a busy driver does not answer in time is told as that, and stays', async () => {
  await using folder = await tempFolder();
  const clock = new VirtualClock();
  const driver = { pid: 7, host: 'here' };
  const addressee = { run, folder: folder.path, state: new Story().go().state, driver };
  const sending = bringCommand(folder.path, addressee, { type: 'pause' }, 'sam', clock);
  await expect.poll(() => clock.waiting).toBe(1);
  clock.advance(15_000);
  expect(await sending).toEqual({ ok: true, how: 'not-answered-yet' });
  expect(await waitingCommands(folder.path)).toBe(1);
});
