import { readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import {
  readJournalFrom,
  readSnapshot,
  writeSnapshot,
} from '../../../src/engine/journal/snapshot.ts';
import { journalOf, planDigest, type TestEvent } from '../../support/journal-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const whole = journalOf(1, 2, 1, 3);
const all = readJournal<TestEvent>(whole, { planDigest });
/** Where the second decision ends. */
const position = readJournal(whole.subarray(0, whole.length / 2), { planDigest }).head!;

describe('a snapshot', () => {
  it('reads back as it was', async () => {
    await using folder = await tempFolder();
    const snapshot = { position, state: { modules: [1, 'zwei', null], done: false } };
    await writeSnapshot(folder.path, 3, snapshot);
    expect(await readSnapshot(folder.path, 3)).toEqual(snapshot);
    expect(await readdir(folder.path)).toEqual(['snapshot.json']);
  });

  it('of another version, of nothing, or behind a link counts as not there', async () => {
    await using folder = await tempFolder();
    expect(await readSnapshot(folder.path, 3)).toBeNull();
    await writeSnapshot(folder.path, 3, { position, state: {} });
    expect(await readSnapshot(folder.path, 4)).toBeNull();
    const path = join(folder.path, 'snapshot.json');
    await writeFile(join(folder.path, 'elsewhere'), await readFile(path));
    await unlink(path);
    await symlink('elsewhere', path);
    expect(await readSnapshot(folder.path, 3)).toBeNull();
  });

  it('with any byte changed or cut off counts as not there, or says the same', async () => {
    await using folder = await tempFolder();
    const snapshot = { position, state: { a: 1 } };
    await writeSnapshot(folder.path, 3, snapshot);
    const path = join(folder.path, 'snapshot.json');
    const good = await readFile(path);
    const lost: number[] = [];
    for (let at = 0; at < good.length; at += 1) {
      const changed = Buffer.from(good);
      changed[at] = changed[at]! ^ 0x04;
      await writeFile(path, changed);
      const read = await readSnapshot(folder.path, 3);
      if (read === null || readJournalFrom(whole, read) === null) lost.push(at);
      else expect(read.state).toEqual(snapshot.state);
      await writeFile(path, good.subarray(0, at));
      expect(await readSnapshot(folder.path, 3)).toBeNull();
    }
    expect(lost.length).toBeGreaterThan(good.length / 2);
  });
});

describe('reading from a snapshot', () => {
  it('gives what is behind it, as reading all does', () => {
    const tail = readJournalFrom<TestEvent>(whole, { position })!;
    expect(tail.events).toEqual(all.events.slice(position.seq));
    expect(tail.head).toEqual(all.head);
  });

  it('at the end gives nothing more', () => {
    const tail = readJournalFrom(whole, { position: all.head! })!;
    expect([tail.events, tail.head, tail.dropped]).toEqual([[], all.head, null]);
  });

  it('of another journal gives nothing', () => {
    expect(readJournalFrom(journalOf(2, 2, 2), { position })).toBeNull();
    expect(readJournalFrom(whole.subarray(0, position.end - 1), { position })).toBeNull();
    for (const change of [
      { start: position.start + 1 },
      { end: position.end + 1 },
      { start: -5 },
    ]) {
      expect(readJournalFrom(whole, { position: { ...position, ...change } })).toBeNull();
    }
    expect(readJournalFrom(whole, { position: { ...position, start: 0, end: 0 } })).toBeNull();
  });

  it('whose numbers are wrong shows at the next event', () => {
    const wrong = { ...position, seq: position.seq - 1 };
    expect(readJournalFrom(whole, { position: wrong })!.problems).not.toEqual([]);
  });
});
