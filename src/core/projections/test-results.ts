import type { CheckResult, ListedTest } from '../verdict.ts';

/** How a listed test ended the last time that its check ran; null where nobody can tell. */
export type TestResult = 'passed' | 'failed' | null;

/**
 * Checks count what passed and tell of each test that failed, as far as their evidence is kept. So a test
 * that is not among the failed ones has passed only where all failures are told.
 */
export function testResults(
  tests: readonly ListedTest[],
  results: readonly CheckResult[],
): TestResult[] {
  const checks = new Map(
    results.map((result) => {
      const failed = new Set(result.evidence.flatMap(({ test }) => (test === null ? [] : [test])));
      return [result.check, { result, failed }];
    }),
  );
  return tests.map(({ check, name }) => {
    const its = checks.get(check);
    if (its === undefined) return null;
    const { result, failed } = its;
    if (failed.has(name)) return 'failed';
    if (result.outcome === 'passed') return 'passed';
    const isToldWhole = result.outcome === 'failed' && result.passed > 0;
    return isToldWhole && failed.size === result.failed ? 'passed' : null;
  });
}
