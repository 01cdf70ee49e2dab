import { expect, it } from 'vitest';
import { testResults } from '../../../src/core/projections/test-results.ts';
import type { CheckResult, Evidence } from '../../../src/core/verdict.ts';

const tests = ['one', 'two', 'three'].map((name) => ({ check: 'unit', file: 'tests/a.js', name }));

function failing(...names: string[]): Evidence[] {
  return names.map((test) => ({
    ...{ kind: 'test', check: 'unit', test, file: null, line: null, says: 'no' },
  }));
}

function result(rest: Partial<CheckResult>): CheckResult {
  return {
    ...{ check: 'unit', outcome: 'failed', passed: 0, failed: 0, durationMs: 1, cached: false },
    ...{ evidence: [], ...rest },
  };
}

it('tells of each test how it ended, where all failures are told', () => {
  const told = result({ passed: 2, failed: 1, evidence: failing('two') });
  expect(testResults(tests, [told])).toEqual(['passed', 'failed', 'passed']);
  expect(testResults(tests, [result({ outcome: 'passed', passed: 3 })])).toEqual([
    ...['passed', 'passed', 'passed'],
  ]);
});

it('says nothing of tests that nobody told of', () => {
  expect(testResults(tests, [])).toEqual([null, null, null]);
  expect(testResults(tests, [result({ check: 'lint', outcome: 'passed' })])).toEqual([
    ...[null, null, null],
  ]);
  // Not all that failed is kept as evidence, or the check ended before it had counted.
  const cut = result({ passed: 1, failed: 2, evidence: failing('two') });
  expect(testResults(tests, [cut])).toEqual([null, 'failed', null]);
  expect(testResults(tests, [result({ outcome: 'timed-out' })])).toEqual([null, null, null]);
});
