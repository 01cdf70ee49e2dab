import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { treeId, type TreeId } from '../../../src/core/ids.ts';
import type { CheckPlan } from '../../../src/core/plan/plan.ts';
import type { CheckRunner } from '../../../src/engine/gates/check-request.ts';
import { RealCheckRunner } from '../../../src/engine/gates/check-runner.ts';
import { listTests, type Listing } from '../../../src/engine/gates/listing.ts';
import { checkPlan, effectId, listed, makeTree, unaborted, type Files } from './rig.ts';

const [stub, nothing] = [treeId('1'.repeat(40)), treeId('2'.repeat(40))];

/** Lays out a tree by its id in a folder of its own for each check. */
function laying(folders: ReadonlyMap<TreeId, string>): CheckRunner {
  const runner = new RealCheckRunner();
  return {
    run: async (request, signal) => {
      const folder = await mkdtemp(join(tmpdir(), 'ashlar-test-'));
      try {
        const source = folders.get(request.judged?.tree ?? stub) ?? '';
        await cp(source, folder, { recursive: true });
        return await runner.run({ ...request, folder }, signal);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

const testFile = 'tests/a.test.cjs';
const tests = `
const test = require('node:test');
const assert = require('node:assert');
const { a } = require('../src/a.cjs');
test('is a number', () => assert.equal(typeof a(), 'number'));
test('is seven', () => assert.equal(a(), 7));
`;

async function list(
  checks: readonly CheckPlan[],
  trees: { shared?: Files; stub?: Files; nothing?: Files },
): Promise<Listing> {
  const shared = trees.shared ?? { [testFile]: tests };
  await using onStub = await makeTree({ ...shared, ...(trees.stub ?? {}) });
  await using onNothing = await makeTree({ ...shared, ...(trees.nothing ?? {}) });
  const folders = new Map([
    [stub, onStub.folder],
    [nothing, onNothing.folder],
  ]);
  return await listTests(
    {
      ...{ runner: laying(folders), checks, testFiles: [testFile] },
      request: { effect: effectId(), sandbox: 'off', provided: [] },
      stub: { tree: stub, environment: null },
      nothing: { tree: nothing, environment: null },
    },
    unaborted,
  );
}

const unit = checkPlan('node --test tests', { report: 'node' });
const lint = checkPlan('false', { name: 'lint' });
const stubOf = (body: string): Files => ({ 'src/a.cjs': `exports.a = () => { ${body} };` });

it('the list is what runs on the stub', async () => {
  const expected = listed(testFile, 'is a number', 'is seven');
  expect(await list([unit], { stub: stubOf('return 0;') })).toEqual({
    ok: true,
    listed: expected,
    counted: true,
  });
});

it.each([
  ['everything passes on the stub', 'vacuous-on-stub', [unit, lint], { stub: stubOf('return 7;') }],
  [
    'everything passes on nothing',
    'vacuous-on-nothing',
    [unit],
    { stub: stubOf('return 0;'), nothing: stubOf('return 7;') },
  ],
  [
    'the stub cannot be loaded',
    'stub-does-not-load',
    [unit],
    { stub: { 'src/a.cjs': 'syntax error' } },
  ],
  [
    'the stub ends the run early',
    'stub-does-not-load',
    [unit],
    { stub: stubOf('process.exit(0);') },
  ],
  ['there is no stub', 'stub-does-not-load', [unit], {}],
  [
    'there are no tests',
    'no-tests-listed',
    [unit],
    { shared: { [testFile]: '' }, stub: stubOf('') },
  ],
  [
    'a test is skipped',
    'skipped-tests',
    [unit],
    {
      shared: { [testFile]: `${tests}\ntest.skip('later', () => {});` },
      stub: stubOf('return 0;'),
    },
  ],
  ['the stub hangs', 'unreliable', [{ ...unit, timeoutMs: 1000 }], { stub: stubOf('for (;;);') }],
  [
    'the report of another runner is no report',
    'no-tests-listed',
    [checkPlan('echo hello', { report: 'tap' })],
    { stub: stubOf('') },
  ],
  [
    'exit codes tell nothing of the stub',
    'vacuous-on-stub',
    [checkPlan('true')],
    { stub: stubOf('') },
  ],
  [
    'exit codes tell nothing of nothing',
    'vacuous-on-nothing',
    [checkPlan('test ! -e src/a.cjs')],
    { stub: stubOf('') },
  ],
])('is refused where %s', async (_, code, checks, trees) => {
  const listing = await list(checks, trees);
  expect(listing.ok ? 'accepted' : listing.code).toBe(code);
});

it('exit codes decide where no check tells its tests apart', async () => {
  const check = checkPlan('node -e "process.exit(require(\'./src/a.cjs\').a() === 7 ? 0 : 1)"');
  expect(
    await list([check, checkPlan('true', { name: 'lint' })], { stub: stubOf('return 0;') }),
  ).toEqual({
    ...{ ok: true, listed: [], counted: false },
  });
});
