import { describe, expect, it } from 'vitest';
import { Store } from '../../../src/engine/store/store.ts';
import { treeDiff } from '../../../src/engine/store/tree-diff.ts';
import type { EntryMode } from '../../../src/engine/store/tree-entry.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const file: EntryMode = '100644';

async function put(
  store: Store,
  files: Readonly<Record<string, string | Uint8Array | { link: string }>>,
) {
  const entries = Object.entries(files).map(async ([path, content]) => {
    const isLink = typeof content === 'object' && 'link' in content;
    const bytes = Buffer.from(isLink ? content.link : content);
    const mode: EntryMode = isLink ? '120000' : file;
    return { path, mode, oid: await store.putBlob(bytes) };
  });
  return store.putTree(await Promise.all(entries));
}

describe('treeDiff', () => {
  it('tells what was added, removed and kept, with a gap where the same lines are left out', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const before = await put(store, { 'a.txt': lines.join('\n'), same: 'x', gone: 'one\n' });
    lines[20] = 'another';
    const after = await put(store, { 'a.txt': lines.join('\n'), same: 'x', new: '1\n2\n' });

    const files = await treeDiff(store, before, after);

    expect(files.map(({ path, added, removed }) => [path, added, removed])).toEqual([
      ['a.txt', 1, 1],
      ['gone', 0, 1],
      ['new', 2, 0],
    ]);
    expect(files[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'gap ',
      ...['same line 17', 'same line 18', 'same line 19'],
      ...['removed line 20', 'added another'],
      ...['same line 21', 'same line 22', 'same line 23'],
    ]);
    expect(files[2]?.lines).toEqual([
      { kind: 'added', text: '1' },
      { kind: 'added', text: '2' },
    ]);
    expect(files.some(({ cut }) => cut)).toBe(false);
  });

  it('takes an absent tree for an empty one', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const tree = await put(store, { 'src/a.js': 'a\n' });

    expect(await treeDiff(store, null, tree)).toEqual([
      {
        ...{ path: 'src/a.js', added: 1, removed: 0, cut: false },
        lines: [{ kind: 'added', text: 'a' }],
      },
    ]);
    expect(await treeDiff(store, tree, null)).toMatchObject([{ added: 0, removed: 1 }]);
  });

  it('leaves out what lies outside', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const before = await put(store, { 'src/a.js': 'a\n', 'other/b.js': 'b\n' });
    const after = await put(store, { 'src/a.js': 'c\n' });

    const files = await treeDiff(store, before, after, (path) => path.startsWith('src/'));

    expect(files.map(({ path }) => path)).toEqual(['src/a.js']);
  });

  it('says that there is more where a file has too many lines, is too large, or is no text', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const after = await put(store, {
      long: 'line\n'.repeat(1_000),
      large: 'x'.repeat(600 * 1024),
      binary: Buffer.from([0, 1, 2, 3]),
    });

    const files = await treeDiff(store, null, after);

    expect(files.map(({ path, cut, lines }) => [path, cut, lines.length])).toEqual([
      ['binary', true, 0],
      ['large', true, 0],
      ['long', true, 400],
    ]);
  });

  it('is not misled by lines and names that look like the headers of a patch', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const hostile =
      'diff --git a/x b/x\nindex 1234567..0000000\n@@ -1,9 +1,9 @@\n--- a/x\n+++ b/x\n';
    const before = await put(store, { 'a\n@@ -1 +1 @@': `${hostile}old\n`, 'b "x"': '-- a\n' });
    const after = await put(store, { 'a\n@@ -1 +1 @@': `${hostile}new\n`, 'b "x"': '++ b\n' });

    const files = await treeDiff(store, before, after);

    expect(files.map(({ added, removed }) => [added, removed])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(files[0]?.path).not.toContain('\n');
    expect(files[1]?.lines).toEqual([
      { kind: 'removed', text: '-- a' },
      { kind: 'added', text: '++ b' },
    ]);
  });

  it('shows what is there: controls and marks of direction are made visible', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const after = await put(store, { a: 'x\u202ey\u001b[31m\tz\r\n' });

    const [file] = await treeDiff(store, null, after);

    expect(file?.lines).toEqual([{ kind: 'added', text: 'x\ufffdy\ufffd[31m\tz' }]);
  });

  it('tells a file that became a link as one that went and one that came', async () => {
    await using folder = await tempFolder();
    await using store = await Store.open(folder.path);
    const before = await put(store, { a: 'text\n' });
    const after = await put(store, { a: { link: 'elsewhere' } });

    const [file] = await treeDiff(store, before, after);

    expect(file).toMatchObject({ path: 'a', added: 1, removed: 1 });
  });
});
