import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hearCanaries,
  plantCanaries,
  type PlantedCanary,
} from '../../../src/engine/gates/canary.ts';
import { RealCheckRunner } from '../../../src/engine/gates/check-runner.ts';
import type { ReportedTest } from '../../../src/engine/gates/reporters/report.ts';
import { testBindings } from '../../../src/engine/gates/test-bindings.ts';
import { checkPlan, checkRequest, makeTree, sayings, unaborted, type Files } from './rig.ts';

describe('a test file has its tools under', () => {
  const none = { register: [], assert: [], assertions: [], expect: [] };
  it.each([
    ["import test from 'node:test';", { register: ['test'] }],
    ["import { it as spec, describe } from 'node:test';", { register: ['spec'] }],
    ["const { test, it: spec } = require('node:test');", { register: ['test', 'spec'] }],
    ["const check = require('node:test').test;", { register: ['check'] }],
    ["import assert from 'node:assert/strict';", { assert: ['assert'] }],
    ["import { strict as assert } from 'assert';", { assert: ['assert'] }],
    ["import * as a from 'node:assert';", { assert: ['a'] }],
    ["const assert = require('node:assert').strict;", { assert: ['assert'] }],
    [
      "import ok, { equal as same } from 'node:assert';",
      { assert: ['ok'], assertions: [['equal', 'same']] },
    ],
    ["import { expect } from '../src/expect.js';", { expect: ['expect'] }],
    ["import { assert } from 'chai';", { assert: ['assert'] }],
    ["import {\n  deepEqual,\n} from 'node:assert';", { assertions: [['deepEqual', 'deepEqual']] }],
    ["import fs from 'node:fs';", {}],
  ])('%s', (source, found) => {
    expect(testBindings(source)).toEqual({ ...none, ...found });
  });
});

describe('canaries', () => {
  it('stand after the file, so that no line of it moves', async () => {
    const source = "import test from 'node:test';\ntest('a', () => {}); // no line end";
    await using tree = await makeTree({ 'a.test.js': source, 'data.json': '{}' });
    const planted = await plantCanaries(tree.folder, ['a.test.js', 'data.json']);
    const now = await readFile(join(tree.folder, 'a.test.js'), 'utf8');
    expect(now.startsWith(`${source}\n`)).toBe(true);
    expect(planted.length).toBeGreaterThan(3);
    expect(await readFile(join(tree.folder, 'data.json'), 'utf8')).toBe('{}');
    for (const { name } of planted) expect(source).not.toContain(name);
  });

  it('are heard only where each failed as foretold', () => {
    const planted: PlantedCanary[] = ['p', 'q', 'r', 's'].map((name) => ({
      ...{ file: 'a', name, proof: name === 'p' ? '42' : null },
    }));
    const report = (
      name: string,
      outcome: ReportedTest['outcome'],
      message = 'm',
    ): ReportedTest => ({
      ...{ file: 'a', line: 1, name, outcome, message, scope: 'test' },
    });
    const song = hearCanaries(
      [
        report('p', 'fail', '41'),
        report('q', 'pass', ''),
        report('r', 'fail'),
        report('own', 'pass', ''),
      ],
      planted,
    );
    expect(song.wrong.map(({ name }) => name)).toEqual(['p', 'q']);
    expect(song.missing.map(({ name }) => name)).toEqual(['s']);
    expect(song.tests.map(({ name }) => name)).toEqual(['own']);
  });
});

describe('canaries notice', () => {
  async function judge(files: Files, testFile = 'tests/a.test.js') {
    await using tree = await makeTree(files);
    const check = checkPlan('node --test tests', { report: 'node' });
    const request = checkRequest(tree.folder, check, { testFiles: [testFile] });
    return await new RealCheckRunner().run(request, unaborted);
  }
  const tampered = (count: string, file = 'tests/a.test.js') =>
    `report | ${file} |  | ${count} planted here to fail did not: assertions or their report were tampered with`;

  it('assertions of the submission that assert nothing', async () => {
    const run = await judge(
      {
        'src/expect.mjs': 'export const expect = () => ({ toBe() {} });',
        'tests/a.test.mjs': `import { expect } from '../src/expect.mjs';
        import { test } from 'node:test';
        test('a', () => expect(1).toBe(2));`,
      },
      'tests/a.test.mjs',
    );
    expect(sayings(run)).toEqual([tampered('a test', 'tests/a.test.mjs')]);
  });

  it('one assertion of several that was emptied', async () => {
    const run = await judge({
      'src/assert.cjs': `const assert = { ...require('node:assert'), match() {} };\nmodule.exports = assert;`,
      'tests/a.test.js': `const assert = require('../src/assert.cjs');
        const test = require('node:test');
        test('a', () => { assert.equal(1, 1); assert.match('a', /b/); });`,
    });
    expect(sayings(run)).toEqual([tampered('a test')]);
  });

  it('another runner in the place of the real one', async () => {
    const run = await judge({
      'src/a.cjs': `const Module = require('node:module');
        const load = Module._load;
        const real = require('node:test');
        Module._load = (id, ...rest) => id === 'node:test' ? (name) => real(name, () => {}) : load(id, ...rest);`,
      'tests/a.test.js': `require('../src/a.cjs');
        const test = require('node:test');
        const assert = require('node:assert');
        test('a', () => assert.equal(1, 2));`,
    });
    expect(run.outcome).toBe('failed');
    expect(sayings(run)[0]).toMatch(/^report .* it ended early or was tampered with$/);
  });

  it('forgery also where no contract says which files decide', async () => {
    await using tree = await makeTree({
      'src/a.cjs': "require('node:test').beforeEach((t) => t.skip());",
      'tests/a.test.cjs': "require('../src/a.cjs'); require('node:test')('a', () => {});",
    });
    const check = checkPlan('node --test tests', { report: 'node' });
    const run = await new RealCheckRunner().run(checkRequest(tree.folder, check), unaborted);
    expect(run).toMatchObject({ outcome: 'failed', assurance: 'canaries' });
  });

  it('nothing where an honest file has unusual tools', async () => {
    const run = await judge({
      'tests/a.test.js': `#!/usr/bin/env node
        // import expect from 'a comment';
        const { it } = require('node:test'), { strictEqual: same, rejects } = require('assert');
        it('a', async () => { same(1, 1); await rejects(Promise.reject(new Error('x'))); });`,
    });
    expect(sayings(run)).toEqual([]);
    expect(run).toMatchObject({ outcome: 'passed', passed: 1, assurance: 'canaries' });
  });
});
