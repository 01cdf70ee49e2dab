import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runId, type TreeId } from '../../../src/core/ids.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { StoreError } from '../../../src/engine/store/store-error.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { run, scratch, takeBaseOf, type Scratch } from './scratch.ts';

async function opened(dir: Scratch): Promise<{ store: Store; folders: WorkFolders; tree: TreeId }> {
  const store = await Store.open(dir.at('w'));
  const { tree } = await takeBaseOf(store);
  return { store, folders: await WorkFolders.open(store, dir.at('cache')), tree };
}

describe('a work folder', () => {
  it('holds the tree byte for byte, without a repository, whatever filters the tree asks for', async () => {
    using dir = scratch();
    dir.write({
      'w/a.txt': 'a\r\nb\n',
      'w/.gitattributes': '* text=auto eol=crlf\n',
      'w/x/run': '#!/bin/sh\n',
    });
    dir.shell('w', 'chmod +x x/run; ln -s ../a.txt x/link; ln -s /nowhere dangling');
    const { store, folders, tree } = await opened(dir);
    await using _store = store;
    let path: string;
    {
      await using folder = await folders.create(run, 'lexer-1', tree);
      path = folder.path;
      expect(path.startsWith(dir.at('cache'))).toBe(true);
      expect(readdirSync(path).sort()).toEqual(['.gitattributes', 'a.txt', 'dangling', 'x']);
      expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('a\r\nb\n');
      expect(readlinkSync(join(path, 'x/link'))).toBe('../a.txt');
      expect(lstatSync(join(path, 'x/run')).mode & 0o777).toBe(0o755);
    }
    expect(existsSync(path)).toBe(false);
  });

  it('is fresh: nothing of one with the same name is left', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a' });
    const { store, folders, tree } = await opened(dir);
    await using _store = store;
    const first = await folders.create(run, 'lexer', tree);
    dir.write({ 'left/over': 'x' });
    dir.shell('.', `cp -r left '${first.path}'`);
    const second = await folders.create(run, 'lexer', tree);
    expect(readdirSync(second.path)).toEqual(['a']);
  });

  it('is removed with closed folders and endless depth in it, and without what its links name', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a', 'kept/file': 'kept' });
    const { store, folders, tree } = await opened(dir);
    await using _store = store;
    const { path } = await folders.create(run, 'lexer', tree);
    symlinkSync(dir.at('kept'), join(path, 'link'));
    const deep = 'd'.repeat(200);
    dir.shell(
      '.',
      `cd '${path}'; mkdir -p closed/in; chmod 0 closed; i=0; while [ $i -lt 30 ]; do mkdir ${deep}; cd -P ${deep}; i=$((i+1)); done; ln -s '${dir.at('kept')}' out`,
    );
    await folders.remove(run, 'lexer');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(folders.root, run))).toEqual([]);
    expect(readFileSync(dir.at('kept/file'), 'utf8')).toBe('kept');
    await folders.remove(run, 'lexer');
  });

  it('is not made or removed through a link that has taken the place of a folder above it', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a', 'elsewhere/lexer/file': 'kept' });
    const { store, folders, tree } = await opened(dir);
    await using _store = store;
    symlinkSync(dir.at('elsewhere'), join(folders.root, run));
    for (const act of [folders.remove(run, 'lexer'), folders.create(run, 'lexer', tree)]) {
      await expect(act).rejects.toMatchObject({ code: 'unsafe-folder' });
    }
    await folders.removeAll(run);
    expect(readFileSync(dir.at('elsewhere/lexer/file'), 'utf8')).toBe('kept');
    await expect(folders.create(run, '../out', tree)).rejects.toThrow(StoreError);
  });

  it('is listed with its size until all of its run are removed', async () => {
    using dir = scratch();
    dir.write({ 'w/a': '12345' });
    const { store, folders, tree } = await opened(dir);
    await using _store = store;
    const other = runId('20250102-0304-efgh');
    await folders.create(run, 'parser', tree);
    await folders.create(run, 'lexer', tree);
    const kept = await folders.create(other, 'lexer', tree);
    symlinkSync('/usr', join(kept.path, 'usr'));
    await folders.removeAll(run);
    expect(await folders.list()).toMatchObject([
      { run: other, name: 'lexer', files: 2, bytes: 5 + 4 },
    ]);
    mkdirSync(join(folders.root, 'not-a-run'));
    expect(await folders.list()).toHaveLength(1);
  });
});
