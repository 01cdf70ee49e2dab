import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalStamp } from '../../../src/engine/journal/journal-place.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('another journal of the same length and time is told from the one it replaced', async () => {
  await using folder = await tempFolder();
  const journal = join(folder.path, 'journal.jsonl');
  const other = join(folder.path, 'other');
  expect(await journalStamp(folder.path)).toBeNull();

  const time = new Date('2026-01-01');
  for (const [file, text] of [
    [journal, 'one'],
    [other, 'two'],
  ] as const) {
    writeFileSync(file, text);
    utimesSync(file, time, time);
  }
  const stamp = await journalStamp(folder.path);
  expect(stamp).not.toBeNull();
  expect(await journalStamp(folder.path)).toBe(stamp);

  renameSync(other, journal);
  expect(statSync(journal)).toMatchObject({ size: 3, mtime: time });
  expect(await journalStamp(folder.path)).not.toBe(stamp);

  rmSync(journal);
  expect(await journalStamp(folder.path)).toBeNull();
});
