import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findRefused } from '../../../src/engine/store/base-record.ts';
import { takeBase } from '../../../src/engine/store/base.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { verifyObjects } from '../../../src/engine/store/verify.ts';
import { contentsOf, run, scratch, takeBaseOf } from './scratch.ts';

describe('a base of a folder that is no repository', () => {
  it('holds what the ignore files leave, links as links, modes and bytes as they are', async () => {
    using dir = scratch();
    dir.write({
      'w/a.txt': 'a\r\nb\r\n',
      'w/bin/tool': '#!/bin/sh\n',
      'w/.gitignore': 'dist/\n*.log\n',
      'w/dist/out.js': 'x',
      'w/b.log': 'x',
      'w/.gitattributes': '* text=auto eol=lf\n',
      'w/deep/ü "quoted"\\n\nname.txt': 'odd',
      'w/deep/empty': '',
    });
    chmodSync(dir.at('w/bin/tool'), 0o755);
    symlinkSync('../a.txt', dir.at('w/bin/link'));
    symlinkSync('/etc', dir.at('w/etc'));
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(base).toMatchObject({
      repository: 'none',
      head: null,
      branch: null,
      prefix: '',
      dirty: false,
    });
    expect(await contentsOf(store, base.tree)).toEqual({
      '.gitattributes': '* text=auto eol=lf\n',
      '.gitignore': 'dist/\n*.log\n',
      'a.txt': 'a\r\nb\r\n',
      'bin/link': '-> ../a.txt',
      'bin/tool*': '#!/bin/sh\n',
      'deep/empty': '',
      'deep/ü "quoted"\\n\nname.txt': 'odd',
      etc: '-> /etc',
    });
    expect(base.files).toBe(8);
    expect(readFileSync(dir.at('w/.ce-workspace/.gitignore'), 'utf8')).toBe('*\n');
    expect(await verifyObjects(store, run)).toEqual([]);
    expect(dir.git('w', '--git-dir', store.gitDir, 'fsck', '--full', '--strict')).toBe('');
  });

  it('leaves out and names repositories that lie in it', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a', 'w/lib/b': 'b' });
    dir.git('w/lib', 'init', '-q');
    dir.git('w/lib', 'add', '.');
    dir.git('w/lib', 'commit', '-qm', 'b');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(await contentsOf(store, base.tree)).toEqual({ a: 'a' });
    expect(findRefused(base)).toEqual({ submodules: ['lib'], lfs: [] });
  });

  it('is refused where there is nothing, and where there is no commit', async () => {
    using dir = scratch();
    mkdirSync(dir.at('w'));
    await using store = await Store.open(dir.at('w'));
    const empty = await takeBase(store, { commit: 'work-tree', run });
    const commit = await takeBase(store, { commit: 'HEAD', run });
    expect([empty, commit]).toMatchObject([
      { ok: false, failure: { code: 'empty' } },
      { ok: false, failure: { code: 'no-commit' } },
    ]);
  });
});
