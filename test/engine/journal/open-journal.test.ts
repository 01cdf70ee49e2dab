import { appendFile, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournalFile } from '../../../src/engine/journal/journal-file.ts';
import { journalPath } from '../../../src/engine/journal/journal-place.ts';
import { createJournal, openJournal } from '../../../src/engine/journal/open-journal.ts';
import { decision, journalOf, planDigest, type TestEvent } from '../../support/journal-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const fence = { stillOurs: () => true };
const options = { fence, planDigest };

describe('a journal on disk', () => {
  it('is begun once, and gone on with where it ended', async () => {
    await using folder = await tempFolder();
    {
      await using journal = await createJournal<TestEvent>(folder.path, planDigest, { fence });
      await journal.append(decision(1, 2), { ...decision(3), command: 'c' });
    }
    await expect(createJournal(folder.path, planDigest, { fence })).rejects.toThrow('EEXIST');
    const opened = await openJournal<TestEvent>(folder.path, options);
    if (!opened.ok) throw new Error(opened.message);
    await using journal = opened.journal;
    expect(opened.read.events).toHaveLength(3);
    expect((await journal.append(decision(4))).ok).toBe(true);
    const read = await readJournalFile<TestEvent>(folder.path, { planDigest });
    expect(read).toMatchObject({ head: journal.head, problems: [], dropped: null });
    expect(read!.commands.get('c')).toBe(3);
  });

  it('flushes what is enqueued when it is closed', async () => {
    await using folder = await tempFolder();
    {
      await using journal = await createJournal<TestEvent>(folder.path, planDigest, { fence });
      journal.enqueue(decision(1));
    }
    expect((await readJournalFile(folder.path, { planDigest }))!.events).toHaveLength(1);
  });

  it('loses a torn tail when a driver opens it, and keeps its bytes beside', async () => {
    await using folder = await tempFolder();
    const whole = journalOf(1, 2);
    for (const [n, left] of ['half a line', '{"v":1}', '\0\0\0'].entries()) {
      await writeFile(journalPath(folder.path), whole);
      await appendFile(journalPath(folder.path), left);
      const opened = await openJournal<TestEvent>(folder.path, options);
      if (!opened.ok) throw new Error(opened.message);
      await opened.journal[Symbol.asyncDispose]();
      expect(opened.read.dropped).toEqual({ decision: 3, lines: 1, bytes: left.length });
      expect(await readFile(journalPath(folder.path))).toEqual(whole);
      expect(await readFile(join(folder.path, `journal.torn-${n + 1}`), 'utf8')).toBe(left);
    }
  });

  it('is not touched where it is damaged', async () => {
    await using folder = await tempFolder();
    const damaged = journalOf(1, 1, 1).toString().replace('something 1', 'otherwise');
    await writeFile(journalPath(folder.path), damaged);
    const opened = await openJournal<TestEvent>(folder.path, options);
    expect(opened).toMatchObject({ ok: false, code: 'journal-damaged' });
    expect(opened.read!.problems).toMatchObject([{ code: 'chain-broken', line: 2 }]);
    expect(await readFile(journalPath(folder.path), 'utf8')).toBe(damaged);
    expect(await readdir(folder.path)).toEqual(['journal.jsonl']);
  });

  it('is missing where there is none, and where nothing whole tells its plan', async () => {
    await using folder = await tempFolder();
    const missing = { ok: false, code: 'journal-missing' };
    expect(await openJournal(folder.path, { fence })).toMatchObject(missing);
    await writeFile(journalPath(folder.path), '{"v":1,"se');
    expect(await openJournal(folder.path, { fence })).toMatchObject(missing);
    expect(await openJournal(folder.path, options)).toMatchObject({ ok: true });
  });

  it('behind a link is refused', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'elsewhere'), journalOf(1));
    await symlink('elsewhere', journalPath(folder.path));
    await expect(openJournal(folder.path, options)).rejects.toThrow('ELOOP');
  });

  it('that was removed under a driver is not written', async () => {
    await using folder = await tempFolder();
    await using journal = await createJournal<TestEvent>(folder.path, planDigest, { fence });
    await journal.append(decision(1));
    await rename(journalPath(folder.path), join(folder.path, 'moved'));
    await rm(join(folder.path, 'moved'));
    expect(await journal.append(decision(2))).toMatchObject({ ok: false, code: 'journal-gone' });
  });
});
