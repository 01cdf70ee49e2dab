import { describe, expect, it } from 'vitest';
import { RealCheckRunner } from '../../../src/engine/gates/check-runner.ts';
import {
  checkPlan,
  checkRequest,
  listed,
  makeTree,
  sandboxModes,
  sayings,
  unaborted,
  type Files,
} from './rig.ts';
import type { SandboxMode } from '../../../src/engine/gates/sandbox.ts';

const modes = await sandboxModes();

const testFile = 'tests/sum.test.js';
const contract: Files = {
  'package.json': '{ "type": "module" }',
  [testFile]: `
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sum } from '../src/sum.js';

test('adds', () => assert.equal(sum(1, 2), 3));
describe('edges', () => {
  test('nothing is nought', () => assert.equal(sum(), 0));
  test('refuses words', () => assert.throws(() => sum('a'), TypeError));
});
`,
};
const expected = listed(testFile, 'adds', 'edges > nothing is nought', 'edges > refuses words');
const honest = `
export function sum(...numbers) {
  if (numbers.some((n) => typeof n !== 'number')) throw new TypeError('not a number');
  return numbers.reduce((a, b) => a + b, 0);
}
`;
const empty = 'export function sum() {}\n';

const check = checkPlan('node --test tests', { report: 'node' });
const runner = new RealCheckRunner();

async function judge(sandbox: SandboxMode, source: string, changes = {}) {
  await using tree = await makeTree({ ...contract, 'src/sum.js': source });
  const request = checkRequest(
    tree.folder,
    { ...check, ...changes },
    { expected, testFiles: [testFile], sandbox },
  );
  return await runner.run(request, unaborted);
}

describe.each(modes)('node --test, sandbox: %s', (sandbox) => {
  it('passes what keeps the contract, and holds exactly its tests', async () => {
    const run = await judge(sandbox, honest);
    expect(sayings(run)).toEqual([]);
    expect(run).toMatchObject({
      outcome: 'passed',
      passed: 3,
      failed: 0,
      assurance: 'canaries',
      sandboxed: sandbox === 'require',
    });
    expect(run.listed).toEqual(expected);
  });

  it('tells which test failed, where and why', async () => {
    const run = await judge(sandbox, empty);
    expect(run).toMatchObject({ outcome: 'failed', passed: 0, failed: 3 });
    expect(run.evidence[0]).toMatchObject({
      kind: 'test',
      check: 'unit',
      test: 'adds',
      file: testFile,
      line: 6,
    });
    expect(run.evidence[0]?.says).toContain('undefined !== 3');
    expect(run.evidence[0]?.says).toContain('tests/sum.test.js:6');
  });

  it('tells why a submission could not be loaded', async () => {
    const run = await judge(sandbox, "import './gone.js';");
    expect(sayings(run)[0]).toContain(`test | ${testFile} |  | the file could not be run`);
    expect(run.evidence[0]?.says).toContain('ERR_MODULE_NOT_FOUND');
    expect(run).toMatchObject({ outcome: 'failed', broken: [testFile], failed: 3 });
  });
});

// What is refused without a sandbox is refused in one.
describe('node --test', () => {
  const early = `report | ${testFile} |  | not all tests of this file were reported from it: it ended early or was tampered with`;
  const unfit = 'report |  |  | ended with exit code 0, which does not fit its report';
  const unrun = `test | ${testFile} |  | the file could not be run`;
  const adds = `test | ${testFile} | adds | Expected values to be strictly equal:`;
  const left = 'limit |  |  | left a process behind, which was ended';
  const over = 'limit |  |  | ran into its time limit of 1 s';

  it.each([
    ['exits early with 0', [early, unfit], `process.exit(0);\n${empty}`],
    ['exits early with 1', [unrun], `process.exit(1);\n${empty}`],
    ['exits when first called', [early, unfit], 'export function sum() { process.exit(0); }'],
    [
      'is killed when first called',
      [unrun],
      "export function sum() { process.kill(process.pid, 'SIGKILL'); }",
    ],
    [
      'changes the exit code at exit',
      [adds],
      `process.on('exit', () => process.exit(0));\n${empty}`,
    ],
    [
      'empties the assertions, which are frozen',
      [unrun],
      `import assert from 'node:assert/strict';\nassert.equal = () => {};\n${empty}`,
    ],
    [
      'empties the assertions as far as it can',
      [adds],
      `import assert from 'node:assert/strict';
       import { syncBuiltinESMExports } from 'node:module';
       for (const name of Object.keys(assert)) Reflect.set(assert, name, () => {});
       syncBuiltinESMExports();
       ${empty}`,
    ],
    [
      'replaces the runner as far as it can',
      [adds],
      `import nodeTest from 'node:test';
       import { syncBuiltinESMExports } from 'node:module';
       const real = nodeTest.test;
       Reflect.set(nodeTest, 'test', (name) => real(name, () => {}));
       syncBuiltinESMExports();
       ${empty}`,
    ],
    [
      'skips everything by a hook',
      [expect.stringContaining('planted here to fail did not'), expect.stringContaining('skipped')],
      `import { beforeEach } from 'node:test';\nbeforeEach((t) => t.skip());\n${honest}`,
    ],
    [
      'prints a report',
      [early, unfit],
      `console.log('TAP version 13\\nok 1 - adds\\n1..1');\nprocess.exit(0);\n${empty}`,
    ],
    [
      "speaks the runner's own tongue",
      [expect.stringContaining(`${testFile} |  |`)],
      `import { writeSync } from 'node:fs';
       import v8 from 'node:v8';
       const details = { duration_ms: 1 };
       const place = { nesting: 0, testNumber: 1, line: 6, column: 1, file: process.argv[1] };
       for (const name of ['adds', 'edges > nothing is nought', 'edges > refuses words']) {
         for (const type of ['test:start', 'test:pass']) {
           const serializer = new v8.DefaultSerializer();
           serializer.writeHeader();
           serializer.writeValue({ type, data: { name, details, ...place } });
           const bytes = serializer.releaseBuffer();
           const size = Buffer.alloc(4);
           size.writeUInt32BE(bytes.length);
           writeSync(1, Buffer.concat([bytes.subarray(0, 2), size, bytes]));
         }
       }
       process.exit(1);
       ${empty}`,
    ],
    [
      'adds tests of its own',
      ["report | src/sum.js | mine | ran, though the contract's tests do not hold it"],
      `import { test } from 'node:test';\ntest('mine', () => {});\n${honest}`,
    ],
    ['never ends', [over], `setInterval(() => {}, 1000);\n${honest}`],
    ['loops for ever', [over], 'export function sum() { for (;;); }'],
    [
      'leaves a process without a trace in a session of its own',
      [left],
      `import { spawn } from 'node:child_process';
       spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env: {} }).unref();
       ${honest}`,
    ],
    [
      'leaves a process that holds the output',
      [over],
      `import { spawn } from 'node:child_process';
       spawn('sleep', ['60'], { stdio: 'inherit' }).unref();
       ${honest}`,
    ],
  ])('does not pass a submission that %s', async (_, told, source) => {
    const run = await judge('off', source, told.includes(over) ? { timeoutMs: 1_000 } : {});
    expect(run.outcome).toBe(told.includes(over) ? 'timed-out' : 'failed');
    expect(sayings(run).slice(0, told.length)).toEqual(told);
  });
});
