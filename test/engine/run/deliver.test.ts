import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyRun } from '../../../src/engine/verify-run.ts';
import {
  commitAll,
  git,
  goodScript,
  ofType,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

test('a run in a repository ends on a branch of its own, and touches nothing else', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  writeFiles(path, { ...tinyFiles(), ...goodScript() });
  commitAll(path);
  const before = [git(path, 'rev-parse', 'HEAD'), git(path, 'status', '--porcelain')];

  const ran = await runTiny(path);

  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect([git(path, 'rev-parse', 'HEAD'), git(path, 'status', '--porcelain')]).toEqual(before);
  const [delivered] = ofType(ran, 'delivered');
  expect(git(path, 'branch', '--list', '--format=%(refname:short)').split('\n')).toContain(
    delivered?.name,
  );
  expect(git(path, 'show', `${delivered?.name}:src/two/index.js`)).toContain('one() + 1');
  expect(await verifyRun(path, null)).toMatchObject({
    ok: true,
    problems: [],
    checked: { seals: 3 },
  });
});

test('an unchanged plan is run a second time without an agent and without a check', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  const first = await runTiny(folder.path);

  const second = await runTiny(folder.path);

  expect(second.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(second, 'generation-started')).toEqual([]);
  expect(ofType(second, 'evaluation-started')).toEqual([]);
  expect(ofType(second, 'check-finished').map(({ result }) => result.cached)).toEqual([true, true]);
  const seals = (ran: typeof first) => [...ran.state.modules].map(({ seal }) => seal?.digest);
  expect(seals(second)).toEqual(seals(first));
});

test('a changed contract is built again by the next run', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  await runTiny(folder.path);
  const file = join(folder.path, 'contracts/two.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nIt is more than one.\n`);

  const second = await runTiny(folder.path);

  expect(second.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(second, 'generation-started').map(({ module }) => module)).toContain('two');
});

test('without a repository the result lies in the folder of the run', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });

  const ran = await runTiny(folder.path);

  const [delivered] = ofType(ran, 'delivered');
  expect(delivered).toMatchObject({ kind: 'folder', commit: null });
  expect(readdirSync(join(folder.path, delivered?.name ?? '', 'src')).sort()).toEqual([
    'one',
    'three',
    'two',
  ]);
  expect(readdirSync(folder.path)).not.toContain('src');
});

test('a dirty base is built on as it is, and its difference is a commit with a name', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  writeFiles(path, { ...tinyFiles(), ...goodScript() });
  commitAll(path);
  writeFiles(path, { 'README.md': '# Numbers, edited\n', 'notes.txt': 'new\n' });

  const ran = await runTiny(path);

  expect(ran.state.base).toMatchObject({ dirty: true, dirtyCount: 2 });
  const [delivered] = ofType(ran, 'delivered');
  expect(git(path, 'show', `${delivered?.name}:notes.txt`)).toBe('new');
  expect(git(path, 'rev-list', '--count', `HEAD..${delivered?.name}`)).toBe('4');
  expect(
    git(path, 'status', '--porcelain')
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(['M README.md', '?? notes.txt']);
});

test('a folder inside a repository is built as the workspace, and delivered in its place', async () => {
  await using folder = await workspaceFolder();
  const workspace = join(folder.path, 'packages/tiny');
  writeFiles(workspace, { ...tinyFiles(), ...goodScript() });
  writeFiles(folder.path, { 'other.txt': 'stays\n' });
  commitAll(folder.path);

  const ran = await runTiny(workspace);

  const [delivered] = ofType(ran, 'delivered');
  expect(git(folder.path, 'show', `${delivered?.name}:packages/tiny/src/three/index.js`)).toContain(
    '3',
  );
  expect(git(folder.path, 'show', `${delivered?.name}:other.txt`)).toBe('stays');
});

test('a repository without a commit is delivered on the base', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  git(folder.path, 'init', '--quiet');

  const ran = await runTiny(folder.path);

  expect(ran.state.base.head).toBeNull();
  const [delivered] = ofType(ran, 'delivered');
  expect(git(folder.path, 'show', `${delivered?.name}:src/one/index.js`)).toContain('5');
});
