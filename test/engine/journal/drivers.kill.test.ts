import { unlink, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { acquire } from '../../../src/engine/journal/acquire-lock.ts';
import { readJournalFile } from '../../../src/engine/journal/journal-file.ts';
import { journalPath } from '../../../src/engine/journal/journal-place.ts';
import { lockPath } from '../../../src/engine/journal/lock-file.ts';
import { openJournal } from '../../../src/engine/journal/open-journal.ts';
import { childProgram, startChild } from '../../support/child-program.ts';
import { decision, planDigest, type TestEvent } from '../../support/journal-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';

it('what a driver held to be durable is there for the next, however it was killed', async () => {
  await using folder = await tempFolder();
  await using bin = await tempFolder();
  const program = await childProgram('driver', bin.path);
  await writeFile(journalPath(folder.path), '');
  let known = 0;
  for (let epoch = 1; epoch <= 12; epoch += 1) {
    await using child = startChild(program, folder.path);
    expect(await child.line()).toBe(`driving ${epoch}`);
    for (let flushes = 0; flushes < epoch * 3; flushes += 1) known = Number(await child.line());
    await child.kill();
    const read = await readJournalFile<TestEvent>(folder.path, { planDigest });
    expect(read!.problems).toEqual([]);
    expect(read!.head!.seq).toBeGreaterThanOrEqual(known);
  }
});

it('a driver that another process has replaced writes nothing more', async () => {
  await using folder = await tempFolder();
  await using bin = await tempFolder();
  const program = await childProgram('driver', bin.path);
  await writeFile(journalPath(folder.path), '');
  await using child = startChild(program, folder.path);
  expect(await child.line()).toBe('driving 1');
  await child.line();
  expect(await acquire(folder.path, { clock: systemClock() })).toMatchObject({ code: 'held' });
  await unlink(lockPath(folder.path));
  const taken = await acquire(folder.path, { clock: systemClock() });
  if (!taken.ok) throw new Error(taken.message);
  await using lock = taken.lock;
  let last = '';
  while (last !== 'fenced') last = await child.line();
  const opened = await openJournal<TestEvent>(folder.path, { fence: lock, planDigest });
  if (!opened.ok) throw new Error(opened.message);
  await using journal = opened.journal;
  expect((await journal.append(decision(journal.head.seq + 1))).ok).toBe(true);
});
