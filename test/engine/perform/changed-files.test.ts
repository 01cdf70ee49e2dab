import { expect, test } from 'vitest';
import { treeId } from '../../../src/core/ids.ts';
import { changedPart, diffPart } from '../../../src/engine/agents/prompts/parts.ts';
import type { ChangedFiles } from '../../../src/engine/agents/task.ts';
import { changedFiles } from '../../../src/engine/perform/changed-files.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const plenty = 1_000_000;

async function treeOf(
  store: Store,
  files: Readonly<Record<string, string>>,
  mode: '100644' | '100755' = '100644',
) {
  const lines = await Promise.all(
    Object.entries(files).map(async ([name, text]) => ({
      ...{ mode, name },
      oid: await store.putBlob(Buffer.from(text)),
    })),
  );
  return treeId(await store.putTreeLines(lines));
}

test('a reviewer gets what changed line by line, and is told where that is not all', async () => {
  await using folder = await tempFolder();
  await using store = await Store.open(folder.path);
  const tree = (files: Readonly<Record<string, string>>) => treeOf(store, files);
  const given = await tree({ 'a.js': 'one\ntwo\n', 'b.js': 'gone\n' });
  const wide = `${'x'.repeat(400)}\n`.repeat(90);
  const made = await tree({ 'a.js': 'one\n2\n', 'c.js': wide, 'd.js': wide, 'e.bin': '\0\u0001' });

  const { files, more } = await changedFiles(store, given, made, plenty);
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
  const first = await changedFiles(store, null, given, plenty);
  expect(first.files.map(({ how, lines }) => [how, lines.length > 0])).toEqual([
    ['added', true],
    ['added', true],
  ]);
});

/** As a reviewer reads it. */
const readOf = (changed: ChangedFiles): string =>
  [changedPart(changed), diffPart(changed)].map(({ text }) => text).join('\n');

test('long names take of the same room, and what has none is counted', async () => {
  await using folder = await tempFolder();
  await using store = await Store.open(folder.path);
  const names = Array.from({ length: 150 }, (_, at) => `${at}-${'n'.repeat(200)}.js`);
  const made = await treeOf(store, Object.fromEntries(names.map((name) => [name, `${name}\n`])));
  const changed = await changedFiles(store, null, made, plenty);
  expect(changed.files.length).toBeGreaterThan(20);
  expect(changed.files.length + changed.more).toBe(150);
  expect(changed.files[0]?.lines).toContainEqual({
    kind: 'added',
    text: '0-'.padEnd(202, 'n') + '.js',
  });
  expect(readOf(changed).length).toBeLessThan(45_000);
});

test('a reviewer with little to spend reads less of the difference at each turn', async () => {
  await using folder = await tempFolder();
  await using store = await Store.open(folder.path);
  const made = await treeOf(store, {
    'a.js': `${'a'.repeat(40)}\n`.repeat(5_000),
    'b.js': 'some other line\n',
  });
  const changed = await changedFiles(store, null, made, 20_000);
  expect(changed.files.map(({ path, cut }) => [path, cut])).toEqual([
    ['a.js', true],
    ['b.js', true],
  ]);
  expect(readOf(changed).length).toBeLessThan(7_000);
  expect(changed.files[0]!.lines.length).toBeGreaterThan(100);
  // Whoever has next to nothing left still reads what was changed.
  expect((await changedFiles(store, null, made, 0)).files[0]!.lines.length).toBeGreaterThan(10);
});

test('a file that may be executed now is told to differ in that', async () => {
  await using folder = await tempFolder();
  await using store = await Store.open(folder.path);
  const [given, made] = [
    await treeOf(store, { 'run.sh': 'echo\n' }),
    await treeOf(store, { 'run.sh': 'echo\n' }, '100755'),
  ];
  const changed = await changedFiles(store, given, made, plenty);
  expect(readOf(changed)).toContain('[modified] run.sh\n…was a file, is a program');
});
