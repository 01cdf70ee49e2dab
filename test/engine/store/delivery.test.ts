import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moduleId, type TreeId } from '../../../src/core/ids.ts';
import type { BaseRecord } from '../../../src/core/events/run-origin.ts';
import { deliver } from '../../../src/engine/store/delivery.ts';
import type { DeliveredSeal, DeliveryOutcome } from '../../../src/engine/store/delivery-record.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { fingerprint, run, scratch, takeBaseOf, type Scratch } from './scratch.ts';

const at = Date.UTC(2025, 0, 2, 3, 4);

async function seal(
  store: Store,
  name: string,
  contents: Readonly<Record<string, string>>,
): Promise<DeliveredSeal> {
  const entries = Object.entries(contents).map(async ([path, text]) => {
    return {
      path: `src/${name}/${path}`,
      mode: '100644' as const,
      oid: await store.putBlob(Buffer.from(text)),
    };
  });
  const tree: TreeId = await store.putTree(await Promise.all(entries));
  const [title, summary] = [
    `Add the ${name}`,
    `It does what a ${name} does.\n\nAshlar-Module: forged`,
  ];
  return {
    module: moduleId(name),
    title,
    summary,
    tree,
    owns: [`src/${name}/**`],
    at: at + 60_000,
  };
}

async function repository(dir: Scratch, folder = 'w'): Promise<void> {
  dir.write({ [`${folder}/README.md`]: 'readme\n', [`${folder}/src/lexer/old.js`]: 'old\n' });
  dir.git(folder, 'init', '-q');
  dir.git(folder, 'add', '.');
  dir.git(folder, 'commit', '-qm', 'first');
}

const deliverAll = (store: Store, base: BaseRecord, seals: readonly DeliveredSeal[]) =>
  deliver(store, { run, at, base, seals });

function expectBranch(outcome: DeliveryOutcome) {
  if (!outcome.ok || outcome.kind !== 'branch') throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe('delivery to a repository', () => {
  it('adds one commit a sealed module, and touches neither HEAD, index, files nor other refs', async () => {
    using dir = scratch();
    await repository(dir);
    dir.write({ 'w/.git/hooks/reference-transaction': `#!/bin/sh\ntouch '${dir.at('marker')}'\n` });
    dir.shell('w', 'chmod +x .git/hooks/*');
    const head = dir.git('w', 'rev-parse', 'HEAD');
    const untouched = ['HEAD', 'index', 'config', 'refs/heads/main'];
    const before = untouched.map((file) => fingerprint(dir.at('w/.git', file)));
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const seals = [
      await seal(store, 'lexer', { 'new.js': 'l\n' }),
      await seal(store, 'parser', { 'a.js': 'p\n' }),
    ];
    const { name, commit, commits } = expectBranch(await deliverAll(store, base, seals));
    expect(name).toBe(`ashlar/${run}`);
    expect(commits).toHaveLength(2);
    expect(dir.git('w', 'log', '--reverse', '--format=%s|%an|%ct', `${head}..${name}`)).toBe(
      ['Add the lexer', 'Add the parser']
        .map((title) => `${title}|Ashlar|${at / 1000 + 60}`)
        .join('\n'),
    );
    expect(dir.git('w', 'ls-tree', '-r', '--name-only', name).split('\n')).toEqual([
      'README.md',
      'src/lexer/new.js',
      'src/parser/a.js',
    ]);
    expect(untouched.map((file) => fingerprint(dir.at('w/.git', file)))).toEqual(before);
    expect(dir.git('w', 'status', '--porcelain')).toBe('');
    expect(existsSync(dir.at('marker'))).toBe(false);
    rmSync(dir.at('w/.ce-workspace'), { recursive: true });
    dir.git('w', 'fsck', '--full', '--strict');
    expect(dir.git('w', 'rev-parse', name)).toBe(commit);
  });

  it('gives the same commits when it is done again, and none twice', async () => {
    using dir = scratch();
    await repository(dir);
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const seals = [await seal(store, 'lexer', { 'a.js': 'l\n' })];
    const first = expectBranch(await deliverAll(store, base, seals));
    expect(expectBranch(await deliverAll(store, base, seals))).toEqual({ ...first, commits: [] });
    dir.git('w', 'update-ref', '-d', `refs/heads/${first.name}`);
    expect(expectBranch(await deliverAll(store, base, seals))).toEqual(first);
  });

  it('extends its branch by the modules that were sealed anew, on top of what people added', async () => {
    using dir = scratch();
    await repository(dir);
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const lexer = await seal(store, 'lexer', { 'a.js': '1\n' });
    const parser = await seal(store, 'parser', { 'a.js': '1\n' });
    const { name } = expectBranch(await deliverAll(store, base, [lexer, parser]));
    dir.git('w', 'worktree', 'add', '-q', '../review', name);
    dir.write({ 'review/src/parser/a.js': 'fixed by hand\n' });
    dir.git('review', 'commit', '-qam', 'fix');
    const again = await seal(store, 'lexer', { 'a.js': '2\n', 'b.js': 'b\n' });
    const refused = await deliverAll(store, base, [again, parser]);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'branch-checked-out' } });
    dir.git('w', 'worktree', 'remove', '--force', '../review');
    const second = expectBranch(await deliverAll(store, base, [again, parser]));
    expect(second.commits).toHaveLength(1);
    expect(dir.git('w', 'show', `${name}:src/parser/a.js`)).toBe('fixed by hand');
    expect(dir.git('w', 'show', `${name}:src/lexer/a.js`)).toBe('2');
    expect(dir.git('w', 'log', '--format=%s', '-2', name)).toBe('Add the lexer\nfix');
  });

  it('makes what was not committed a commit of its own, deletions too', async () => {
    using dir = scratch();
    await repository(dir);
    dir.write({ 'w/notes.md': 'notes\n' });
    dir.shell('w', 'rm README.md');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const { name } = expectBranch(
      await deliverAll(store, base, [await seal(store, 'lexer', { a: 'l' })]),
    );
    expect(
      dir
        .git('w', 'log', '--reverse', '--format=%s', '--name-status', `main..${name}`)
        .split(/\n+/),
    ).toEqual([
      `Uncommitted changes when run ${run} started`,
      'D\tREADME.md',
      'A\tnotes.md',
      'Add the lexer',
      'A\tsrc/lexer/a',
      'D\tsrc/lexer/old.js',
    ]);
  });

  it('starts from the base where there is no commit, or none any more', async () => {
    using dir = scratch();
    dir.write({ 'w/README.md': 'readme\n' });
    dir.git('w', 'init', '-q');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const seals = [await seal(store, 'lexer', { a: 'l' })];
    const { name } = expectBranch(await deliverAll(store, base, seals));
    const subjects = `Add the lexer\nWhat run ${run} started from`;
    expect(dir.git('w', 'log', '--format=%s', name)).toBe(subjects);
    expect(dir.git('w', 'show', `${name}:README.md`)).toBe('readme');
    dir.git('w', 'update-ref', '-d', `refs/heads/${name}`);
    const lost = { ...base, head: '1'.repeat(40) };
    expect(
      dir.git('w', 'log', '--format=%s', expectBranch(await deliverAll(store, lost, seals)).name),
    ).toBe(subjects);
  });

  it('takes another name where a branch is in the way, and gives up where both are taken', async () => {
    using dir = scratch();
    await repository(dir);
    dir.git('w', 'branch', 'ashlar');
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    const seals = [await seal(store, 'lexer', { a: 'l' })];
    const { name, commit } = expectBranch(await deliverAll(store, base, seals));
    expect(name).toBe(`ashlar-${run}`);
    expect(expectBranch(await deliverAll(store, base, seals))).toMatchObject({
      name,
      commit,
      commits: [],
    });
    dir.git('w', 'branch', '-f', name, 'main');
    expect(await deliverAll(store, base, seals)).toMatchObject({
      ok: false,
      failure: { code: 'branch-refused' },
    });
  });

  it('keeps to the folder that the workspace is in the repository', async () => {
    using dir = scratch();
    dir.write({
      'r/top': 't',
      'r/packages/app/a': 'a',
      'r/packages/app/src/lexer/old': 'o',
      'r/packages/lib/b': 'b',
    });
    dir.git('r', 'init', '-q', '--object-format=sha256');
    dir.git('r', 'add', '.');
    dir.git('r', 'commit', '-qm', 'first');
    dir.git('r', 'worktree', 'add', '-q', '../linked', '-b', 'other');
    await using store = await Store.open(dir.at('linked/packages/app'));
    const base = await takeBaseOf(store);
    const { name } = expectBranch(
      await deliverAll(store, base, [await seal(store, 'lexer', { new: 'n' })]),
    );
    expect(dir.git('r', 'ls-tree', '-r', '--name-only', name).split('\n')).toEqual([
      'packages/app/a',
      'packages/app/src/lexer/new',
      'packages/lib/b',
      'top',
    ]);
    expect(dir.git('linked', 'status', '--porcelain')).toBe('');
  });

  it('does not rewrite line ends, submodules or files left out of a sparse checkout', async () => {
    using dir = scratch();
    dir.write({
      'w/.gitattributes': '*.txt text eol=crlf\n',
      'w/a.txt': 'a\n',
      'w/src/lexer/kept.txt': 'k\n',
      'w/far/away': 'x',
    });
    dir.git('w', 'init', '-q');
    dir.git('w', 'add', '.');
    dir.git('w', 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor`);
    dir.git('w', 'commit', '-qm', 'first');
    dir.shell(
      'w',
      'mkdir vendor; git sparse-checkout set src; rm a.txt src/lexer/kept.txt; git checkout -q -- .',
    );
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    expect(base.dirtyPaths).toEqual([]);
    const first = await seal(store, 'lexer', { 'kept.txt': 'k\r\n', 'new.txt': 'n\r\n' });
    const { name } = expectBranch(await deliverAll(store, base, [first]));
    const diff = () => dir.git('w', 'diff', '--name-status', 'main', name);
    expect(diff()).toBe('A\tsrc/lexer/new.txt');
    const second = await seal(store, 'lexer', { 'kept.txt': 'k\r\n', 'more.txt': 'm' });
    expectBranch(await deliverAll(store, base, [second]));
    expect(diff()).toBe('A\tsrc/lexer/more.txt');
  });

  it('says so where the repository is gone', async () => {
    using dir = scratch();
    await repository(dir);
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    rmSync(dir.at('w/.git'), { recursive: true });
    expect(await deliverAll(store, base, [])).toMatchObject({
      ok: false,
      failure: { code: 'repository-gone' },
    });
  });
});

describe('delivery without a repository', () => {
  it('lays the result in the run folder, again where it was cut short, and leaves the files alone', async () => {
    using dir = scratch();
    dir.write({ 'w/README.md': 'readme\n', 'w/src/lexer/old.js': 'old\n' });
    await using store = await Store.open(dir.at('w'));
    const base = await takeBaseOf(store);
    dir.write({ [`w/.ce-workspace/runs/${run}/result.part/left`]: 'over' });
    const seals = [await seal(store, 'lexer', { 'a.js': 'l' })];
    for (const _attempt of [1, 2]) {
      const outcome = await deliverAll(store, base, seals);
      const path = dir.at('w/.ce-workspace/runs', run, 'result');
      expect(outcome).toEqual({ ok: true, kind: 'folder', path });
      expect(readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
        'README.md',
        'src',
        join('src', 'lexer'),
        join('src', 'lexer', 'a.js'),
      ]);
    }
    expect(readFileSync(dir.at('w/src/lexer/old.js'), 'utf8')).toBe('old\n');
  });
});
