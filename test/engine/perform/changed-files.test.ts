import { expect, test } from 'vitest';
import { treeId } from '../../../src/core/ids.ts';
import { changedFiles } from '../../../src/engine/perform/changed-files.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a reviewer gets what changed line by line, and is told where that is not all', async () => {
  await using folder = await tempFolder();
  await using store = await Store.open(folder.path);
  const tree = async (files: Readonly<Record<string, string>>) => {
    const lines = await Promise.all(
      Object.entries(files).map(async ([path, text]) => ({
        ...{ mode: '100644' as const, name: path },
        oid: await store.putBlob(Buffer.from(text)),
      })),
    );
    return treeId(await store.putTreeLines(lines));
  };
  const given = await tree({ 'a.js': 'one\ntwo\n', 'b.js': 'gone\n' });
  const wide = `${'x'.repeat(400)}\n`.repeat(90);
  const made = await tree({ 'a.js': 'one\n2\n', 'c.js': wide, 'd.js': wide, 'e.bin': '\0\u0001' });

  const { files, more } = await changedFiles(store, given, made);
  expect(more).toBe(0);
  expect(files.map(({ path, how, cut }) => [path, how, cut])).toEqual([
    ['a.js', 'modified', false],
    ['b.js', 'removed', false],
    ['c.js', 'added', false],
    ['d.js', 'added', true],
    ['e.bin', 'added', true],
  ]);
  const [changed, removed, , cut] = files;
  expect(changed?.lines.filter(({ kind }) => kind !== 'gap')).toEqual([
    { kind: 'same', text: 'one' },
    { kind: 'removed', text: 'two' },
    { kind: 'added', text: '2' },
  ]);
  expect(removed?.lines).toContainEqual({ kind: 'removed', text: 'gone' });
  expect(cut!.lines.length).toBeGreaterThan(0);
  const chars = files.flatMap(({ lines }) => lines).reduce((sum, { text }) => sum + text.length, 0);
  expect(chars).toBeLessThanOrEqual(40_000);
  // Of a first submission all files are new.
  const first = await changedFiles(store, null, given);
  expect(first.files.map(({ how, lines }) => [how, lines.length > 0])).toEqual([
    ['added', true],
    ['added', true],
  ]);
});
