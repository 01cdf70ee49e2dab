import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../src/engine/clock.ts';
import { beginning, type JournalPosition } from '../../../src/engine/journal/codec.ts';
import { Follower } from '../../../src/engine/journal/follow.ts';
import { journalPath } from '../../../src/engine/journal/journal-place.ts';
import { createJournal, openJournal } from '../../../src/engine/journal/open-journal.ts';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { decision, journalOf, planDigest, type TestEvent } from '../../support/journal-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const fence = { stillOurs: () => true };

function follow(
  folder: string,
  from: JournalPosition = beginning(planDigest),
  clock: Clock = new VirtualClock(),
) {
  const seen: number[] = [];
  const problems: string[] = [];
  let resolve = (): void => undefined;
  const three = new Promise<void>((done) => (resolve = done));
  const follower = new Follower<TestEvent>(folder, {
    clock,
    from,
    onEvents: (events) => {
      seen.push(...events.map(({ seq }) => seq));
      if (seen.length >= 3) resolve();
    },
    onProblem: ({ code, line }) => problems.push(`${code} ${line}`),
  });
  return { follower, seen, problems, three };
}

describe('a follower', () => {
  it('hands on whole decisions, each event once, at whatever byte it looks', async () => {
    await using folder = await tempFolder();
    const whole = journalOf(1, 3, 2);
    const { follower, seen, problems } = follow(folder.path);
    await using _follower = follower;
    for (let at = 0; at < whole.length; at += 1) {
      await appendFile(journalPath(folder.path), whole.subarray(at, at + 1));
      if (at % 3 === 0) await follower.catchUp();
      expect([0, 1, 4, 6]).toContain(seen.length);
    }
    await follower.catchUp();
    expect([seen, problems]).toEqual([[1, 2, 3, 4, 5, 6], []]);
  });

  it('begins behind what is known', async () => {
    await using folder = await tempFolder();
    await writeFile(journalPath(folder.path), journalOf(2, 1, 1));
    const known = readJournal(journalOf(2), { planDigest }).head!;
    const { follower, seen } = follow(folder.path, known);
    await using _follower = follower;
    await follower.catchUp();
    expect(seen).toEqual([3, 4]);
  });

  it('is told by the system or by its poll, without being asked', async () => {
    await using folder = await tempFolder();
    await using journal = await createJournal<TestEvent>(folder.path, planDigest, { fence });
    const { follower, seen, three } = follow(folder.path, beginning(planDigest), systemClock());
    await using _follower = follower;
    await journal.append(decision(1), decision(2, 2));
    await three;
    expect(seen).toEqual([1, 2, 3]);
  });

  it('outlives a driver that dies in a decision, and the next one that cuts it off', async () => {
    await using folder = await tempFolder();
    const { follower, seen, problems } = follow(folder.path);
    await using _follower = follower;
    await writeFile(journalPath(folder.path), journalOf(1, 3).subarray(0, -10));
    await follower.catchUp();
    const opened = await openJournal<TestEvent>(folder.path, { fence, planDigest });
    if (!opened.ok) throw new Error(opened.message);
    await using journal = opened.journal;
    await follower.catchUp();
    await journal.append(decision(2, 1, 'something else'));
    await follower.catchUp();
    expect([seen, problems]).toEqual([[1, 2], []]);
  });

  it('stops at what cannot be relied on, and says so once', async () => {
    await using folder = await tempFolder();
    const path = journalPath(folder.path);
    await writeFile(path, journalOf(1, 1, 1));
    const { follower, seen, problems } = follow(folder.path);
    await using _follower = follower;
    await follower.catchUp();
    await appendFile(path, 'not an event\n');
    for (let look = 0; look < 4; look += 1) await follower.catchUp();
    expect([seen, problems]).toEqual([[1, 2, 3], ['line-unreadable 4']]);
  });

  it('notices that what it has seen was cut off', async () => {
    await using folder = await tempFolder();
    const path = journalPath(folder.path);
    await writeFile(path, journalOf(1, 1, 1));
    const { follower, problems } = follow(folder.path);
    await using _follower = follower;
    await follower.catchUp();
    await truncate(path, journalOf(1, 1).length);
    for (let look = 0; look < 2; look += 1) await follower.catchUp();
    expect(problems).toEqual(['tail-missing 4']);
  });

  it('waits for a journal that is not there yet, and ends when told', async () => {
    await using folder = await tempFolder();
    const { follower, seen } = follow(folder.path);
    await follower.catchUp();
    await follower[Symbol.asyncDispose]();
    await writeFile(journalPath(folder.path), journalOf(1));
    await follower.catchUp();
    expect(seen).toEqual([]);
  });
});
