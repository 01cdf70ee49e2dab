import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../src/engine/check-plan.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import {
  builds,
  commitAll,
  git,
  gives,
  goodScript,
  integrationScript,
  oddContract,
  ofType,
  resumeTiny,
  runTiny,
  tinyFiles,
  tinyPlan,
  writeFiles,
  type Files,
  type Ran,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

async function run(files: Files): Promise<Ran> {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript(), ...files });
  commitAll(folder.path);
  return await runTiny(folder.path);
}

const verdicts = (ran: Ran, gate: string) =>
  ofType(ran, 'verdict-given').filter((event) => event.gate === gate);

test('a submission that fails its tests is revised with the evidence', async () => {
  const ran = await run({
    ...builds('three/1', { 'src/three/index.js': gives('three', '4') }),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  });
  const [first, second] = verdicts(ran, 'module:three');
  expect(first).toMatchObject({ verdict: 'FAIL' });
  expect(first?.evidence[0]).toMatchObject({
    kind: 'test',
    check: 'unit',
    test: 'three is what it should be',
    file: 'tests/three/three.test.js',
  });
  expect(second).toMatchObject({ verdict: 'PASS' });
});

test('a reviewer can be stricter than the checks', async () => {
  const ran = await run({
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
    'script/three/review-1/turn.yaml':
      'verdict: NEEDS_REVISION\nsummary: It is not documented.\nseconds: 1\nevidence: [{ says: no comment, file: src/three/index.js, line: 1 }]\n',
  });
  expect(verdicts(ran, 'module:three').map(({ verdict }) => verdict)).toEqual([
    'NEEDS_REVISION',
    'PASS',
  ]);
});

test('files outside the owned paths are not taken, and are held against the submission', async () => {
  const ran = await run({
    ...builds('three/1', {
      'src/three/index.js': gives('three', '3'),
      'src/one/index.js': gives('one', '100'),
      'tests/three/three.test.js': 'process.exit(0);\n',
    }),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  });
  const [first] = verdicts(ran, 'module:three');
  expect(first).toMatchObject({ verdict: 'NEEDS_REVISION' });
  expect(first?.evidence[0]?.says).toContain('tests/three/three.test.js');
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
});

test.each([
  ['ends early with 0', 'process.exit(0);\n'],
  [
    'empties the assertions',
    "import assert from 'node:assert/strict';\nfor (const key of Object.keys(assert)) { try { assert[key] = () => {}; } catch {} }\n",
  ],
])('a submission that %s does not pass', async (_, trick) => {
  const ran = await run({
    ...builds('three/1', { 'src/three/index.js': `${trick}${gives('three', '4')}` }),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  });
  expect(verdicts(ran, 'module:three').map(({ verdict }) => verdict)).toEqual(['FAIL', 'PASS']);
});

const amendedByPlanner = (): Files => ({
  ...integrationScript(),
  ...builds('one/contract-2', oddContract()),
});

test('a contract that only integration finds wrong is amended, and its dependents are judged again', async () => {
  const ran = await run(amendedByPlanner());
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'integration-failed')).toMatchObject([
    {
      gate: 'tier:numbers',
      check: 'cross',
      between: ['one', 'two'],
      blamed: 'one',
      how: 'declared',
    },
  ]);
  expect(ofType(ran, 'contract-amended')).toMatchObject([{ module: 'one', version: 2 }]);
  expect(ofType(ran, 'generation-started').filter(({ module }) => module === 'two')).toHaveLength(
    1,
  );
  expect(ofType(ran, 'evaluation-started').filter(({ module }) => module === 'two')).toMatchObject([
    { again: false },
    { again: true },
  ]);
});

test('a failure that spans all modules is attributed to the smallest set that still fails', async () => {
  await using folder = await workspaceFolder();
  const plan = tinyPlan({ cross: '' });
  writeFiles(folder.path, { ...tinyFiles(plan), ...amendedByPlanner() });
  commitAll(folder.path);
  const ran = await runTiny(folder.path);
  const [failed] = ofType(ran, 'integration-failed');
  expect(failed).toMatchObject({ how: 'stubs', blamed: 'one' });
  expect(failed?.between).toEqual(['one', 'two']);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
});

test('without a planner a person is asked, and their contract heals the run', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...integrationScript() });
  commitAll(folder.path);
  const waiting = await runTiny(folder.path);
  expect(waiting.state.needPerson).toBe(1);
  expect(ofType(waiting, 'module-escalated')).toMatchObject([
    { module: 'one', reason: 'integration' },
  ]);

  await using change = await workspaceFolder();
  writeFiles(change.path, oddContract());
  const request = {
    type: 'reopen',
    module: 'one',
    reason: 'odd',
    contractPath: change.path,
  } as const;
  expect(await sendCommand(folder.path, waiting.state.run, request)).toEqual({
    ok: true,
    how: 'left-for-resume',
  });
  const ran = await resumeTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
});

test('a finished run goes on when a module is reopened, and extends its branch', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  const first = await runTiny(folder.path);
  const [before] = ofType(first, 'delivered');

  const request = {
    type: 'reopen',
    module: 'three',
    reason: 'Say why.',
    contractPath: null,
  } as const;
  const sent = await sendCommand(folder.path, first.state.run, request);
  expect(sent).toMatchObject({ ok: true });
  const ran = await resumeTiny(folder.path, {}, first.state.run);

  expect(ofType(ran, 'run-reopened')).toHaveLength(1);
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const after = ofType(ran, 'delivered').at(-1);
  expect(after?.name).toBe(before?.name);
  expect(git(folder.path, 'show', `${after?.name}:contracts/three.md`)).toContain('Say why.');
  expect(
    git(folder.path, 'merge-base', '--is-ancestor', before?.commit ?? '', after?.commit ?? ''),
  ).toBe('');
});

test('a contract that its stub passes is refused by really running it, and nothing is started', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, {
    ...tinyFiles(),
    ...goodScript(),
    'stubs/three/src/three/index.js': gives('three', '3'),
  });
  commitAll(folder.path);
  const checked = await checkPlan({
    workspace: folder.path,
    planFile: 'tiny.plan.yaml',
    base: 'work-tree',
    sandbox: 'prefer',
    onProgress: () => undefined,
  });
  expect(checked).toMatchObject({ ok: true, prepared: null });
  const found = checked.ok ? checked.diagnostics : [];
  const errors = found.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([{ code: 'vacuous-contract' }]);
  expect(errors[0]?.line).toBeGreaterThan(1);
  expect(existsSync(join(folder.path, '.ce-workspace', 'runs'))).toBe(false);
});
