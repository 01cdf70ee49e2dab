import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { takeBase } from '../../../src/engine/store/base.ts';
import { findRefused } from '../../../src/engine/store/base-record.ts';
import { readChanges } from '../../../src/engine/store/base-changes.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { verifyObjects } from '../../../src/engine/store/verify.ts';
import { contentsOf, fingerprint, run, scratch, takeBaseOf } from './scratch.ts';

describe('a base of a repository', () => {
  it('takes tracked and unignored files as they are, and says what differs from the commit', async () => {
    using dir = scratch();
    dir.write({
      'w/kept': '1',
      'w/changed': '1',
      'w/gone': '1',
      'w/staged': '1',
      'w/.gitignore': 'ignored\n',
    });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    dir.write({ 'w/changed': '2', 'w/new': 'n', 'w/staged': '2', 'w/ignored': 'i' });
    dir.git('w', 'add', 'staged');
    dir.shell('w', 'rm gone');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(await contentsOf(store, base.tree)).toEqual({
      '.gitignore': 'ignored\n',
      changed: '2',
      kept: '1',
      new: 'n',
      staged: '2',
    });
    expect(base).toMatchObject({
      repository: 'top',
      branch: 'main',
      head: dir.git('w', 'rev-parse', 'HEAD'),
      dirty: true,
      dirtyCount: 4,
      dirtyPaths: ['changed', 'gone', 'new', 'staged'],
    });
    const changes = await readChanges(store, base.changes);
    expect(changes.find(({ path }) => path === 'gone')).toEqual({ path: 'gone', now: null });
    const atHead = await takeBaseOf(store, 'HEAD');
    expect(atHead.tree).toBe(dir.git('w', 'rev-parse', 'HEAD^{tree}'));
    expect(atHead).toMatchObject({ dirty: false, dirtyPaths: [], files: 5 });
  });

  it('never writes to the repository, and runs nothing that it names', async () => {
    using dir = scratch();
    dir.write({ 'w/a.txt': 'a\n', 'w/.gitattributes': '*.txt filter=evil\n' });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    const touch = `touch ${dir.at('marker')}; cat`;
    dir.write({
      'w/.git/hooks/post-index-change': `#!/bin/sh\n${touch}\n`,
      'w/.git/hooks/reference-transaction': `#!/bin/sh\n${touch}\n`,
    });
    dir.shell('w', 'chmod +x .git/hooks/*');
    for (const key of [
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'core.fsmonitor',
    ]) {
      dir.git('w', 'config', key, touch);
    }
    dir.write({ 'w/a.txt': 'b\n' });
    // An index whose times are stale is what a careless `git status` would rewrite.
    dir.shell('w', 'touch -d 2001-01-01 .gitattributes');
    const before = fingerprint(dir.at('w/.git'));
    await using store = await Store.open(dir.at('w'));
    await takeBaseOf(store);
    await takeBaseOf(store, 'HEAD');
    expect(fingerprint(dir.at('w/.git'))).toBe(before);
    expect(existsSync(dir.at('marker'))).toBe(false);
  });

  it('keeps line ends byte-exact, and does not take a converted file for a changed one', async () => {
    using dir = scratch();
    dir.write({
      'w/a.txt': 'a\nb\n',
      'w/c.txt': 'c\n',
      'w/.gitattributes': '*.txt text eol=crlf\n',
    });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    dir.shell('w', 'rm a.txt c.txt; git checkout -q -- .');
    dir.shell('w', 'touch -d 2001-01-01 c.txt');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(await contentsOf(store, base.tree)).toMatchObject({
      'a.txt': 'a\r\nb\r\n',
      'c.txt': 'c\r\n',
    });
    expect(base).toMatchObject({ dirty: false, dirtyPaths: [] });
    const atHead = await takeBaseOf(store, 'HEAD');
    expect(await contentsOf(store, atHead.tree)).toMatchObject({ 'a.txt': 'a\nb\n' });
  });

  it('works before the first commit, and with a detached HEAD', async () => {
    using dir = scratch();
    dir.write({ 'w/a': '1' });
    dir.git('w', 'init', '-q');
    await using store = await Store.open(dir.at('w'));
    expect(await takeBaseOf(store)).toMatchObject({
      head: null,
      branch: 'main',
      repository: 'top',
      dirty: false,
    });
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    dir.git('w', 'checkout', '-q', '--detach');
    expect(await takeBaseOf(store)).toMatchObject({ branch: null, dirty: false });
  });

  it('takes a folder inside the repository alone, also in a linked worktree', async () => {
    using dir = scratch();
    dir.write({
      'r/top': 't',
      'r/packages/app/a': 'a',
      'r/packages/app/.ce-workspace/x': 'tracked',
    });
    dir.git('r', 'init', '-q');
    dir.git('r', 'add', '-f', '.');
    dir.git('r', 'commit', '-qm', 'first');
    dir.git('r', 'worktree', 'add', '-q', '../linked', '-b', 'other');
    await using store = await Store.open(dir.at('linked/packages/app'));
    dir.write({ 'linked/packages/app/b': 'b' });
    const base = await takeBaseOf(store);
    expect(base).toMatchObject({
      repository: 'inside',
      prefix: 'packages/app/',
      branch: 'other',
      dirtyPaths: ['b'],
    });
    expect(await contentsOf(store, base.tree)).toEqual({ a: 'a', b: 'b' });
    expect(await contentsOf(store, (await takeBaseOf(store, 'HEAD')).tree)).toEqual({ a: 'a' });
  });

  it('does not belong to a repository around it that ignores it', async () => {
    using dir = scratch();
    dir.write({ 'home/.gitignore': '*\n', 'home/code/a': 'a' });
    dir.git('home', 'init', '-q');
    await using store = await Store.open(dir.at('home/code'));
    const base = await takeBaseOf(store);
    expect(base.repository).toBe('none');
    expect(await contentsOf(store, base.tree)).toEqual({ a: 'a' });
  });

  it('has the object format of the repository', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a' });
    dir.git('w', 'init', '-q', '--object-format=sha256');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store, 'HEAD');
    expect(store.format).toBe('sha256');
    expect(base.tree).toBe(dir.git('w', 'rev-parse', 'HEAD^{tree}'));
    expect((await takeBaseOf(store)).tree).toBe(base.tree);
    expect(await verifyObjects(store, run)).toEqual([]);
  });

  it('refuses a repository whose object format has changed since', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a' });
    await using store = await Store.open(dir.at('w'));
    dir.git('w', 'init', '-q', '--object-format=sha256');
    const outcome = await takeBase(store, { commit: 'work-tree', run });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'format-mismatch' } });
  });

  it('outlives a reset and a collection in a shallow clone', async () => {
    using dir = scratch();
    dir.write({ 'r/a': '1' });
    dir.git('r', 'init', '-q');
    dir.git('r', 'add', '.');
    dir.git('r', 'commit', '-qm', 'first');
    dir.write({ 'r/a': '2', 'r/only-here': 'x' });
    dir.git('r', 'add', '.');
    dir.git('r', 'commit', '-qm', 'second');
    dir.git('.', 'clone', '-q', '--depth=1', `file://${dir.at('r')}`, 'w');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store, 'HEAD');
    dir.shell(
      'w',
      'git checkout -q --orphan new; git rm -rfq .; git branch -D main; git update-ref -d refs/remotes/origin/main; git update-ref -d refs/remotes/origin/HEAD; rm -f .git/FETCH_HEAD .git/ORIG_HEAD; git reflog expire --expire=now --all; git gc -q --prune=now',
    );
    await using again = await Store.open(dir.at('w'));
    expect(await contentsOf(again, base.tree)).toEqual({ a: '2', 'only-here': 'x' });
    expect(await verifyObjects(again, run)).toEqual([]);
  });

  it('names submodules and LFS files, and goes on without their content', async () => {
    using dir = scratch();
    dir.write({ 'lib/b': 'b' });
    dir.git('lib', 'init', '-q');
    dir.git('lib', 'add', '.');
    dir.git('lib', 'commit', '-qm', 'b');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 5\n`;
    dir.write({
      'w/big.bin': pointer,
      'w/filled.dat': 'real content',
      'w/.gitattributes': '*.dat filter=lfs\n',
    });
    dir.git('w', 'init', '-q');
    dir.git(
      'w',
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      dir.at('lib'),
      'vendor/lib',
    );
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(findRefused(base)).toEqual({
      submodules: ['vendor/lib'],
      lfs: ['big.bin', 'filled.dat'],
    });
    expect((await contentsOf(store, base.tree))['vendor/lib']).toBe('submodule');
    expect(base.dirty).toBe(false);
    expect(findRefused(await takeBaseOf(store, 'HEAD')).submodules).toEqual(['vendor/lib']);
  });

  it('does not go through a folder that has become a link', async () => {
    using dir = scratch();
    dir.write({ 'w/d/a': 'a', 'secret/a': 'secret' });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    dir.shell('w', 'rm -r d; ln -s ../secret d');
    await using store = await Store.open(dir.at('w'));
    expect(await contentsOf(store, (await takeBaseOf(store)).tree)).toEqual({ d: '-> ../secret' });
  });

  it('keeps the files that a sparse checkout leaves out', async () => {
    using dir = scratch();
    dir.write({ 'w/in/a': 'a', 'w/out/b': 'b' });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'commit', '-qm', 'first');
    dir.git('w', 'sparse-checkout', 'set', 'in');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(await contentsOf(store, base.tree)).toEqual({ 'in/a': 'a' });
    expect(base.dirty).toBe(false);
  });

  it('does not fetch what a partial clone lacks', async () => {
    using dir = scratch();
    dir.write({ 'r/a': '1' });
    dir.git('r', 'init', '-q');
    dir.git('r', 'config', 'uploadpack.allowFilter', 'true');
    dir.git('r', 'add', '.');
    dir.git('r', 'commit', '-qm', 'first');
    dir.git(
      '.',
      'clone',
      '-q',
      '--no-checkout',
      '--filter=blob:none',
      `file://${dir.at('r')}`,
      'w',
    );
    const before = fingerprint(dir.at('w/.git'));
    await using store = await Store.open(dir.at('w'));
    const outcome = await takeBase(store, { commit: 'HEAD', run });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'objects-missing' } });
    expect(fingerprint(dir.at('w/.git'))).toBe(before);
  });
});
