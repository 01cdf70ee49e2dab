import type { ListedTest } from '../../core/verdict.ts';
import type { ReportedTest } from './reporters/report.ts';

/** How a run's tests differ from a contract's list; a name that stands twice must run twice. */
export interface ListDifference {
  readonly missing: readonly ListedTest[];
  readonly extra: readonly ListedTest[];
}

export function compareTests(
  expected: readonly ListedTest[],
  actual: readonly ListedTest[],
): ListDifference {
  return { missing: without(expected, actual), extra: without(actual, expected) };
}

function without(all: readonly ListedTest[], taken: readonly ListedTest[]): ListedTest[] {
  const counts = new Map<string, number>();
  for (const test of taken) counts.set(testKey(test), (counts.get(testKey(test)) ?? 0) + 1);
  return all.filter((test) => {
    const count = counts.get(testKey(test)) ?? 0;
    if (count > 0) counts.set(testKey(test), count - 1);
    return count === 0;
  });
}

function testKey(test: ListedTest): string {
  return JSON.stringify([test.check, test.file, test.name]);
}

export function listedTest(check: string, test: ReportedTest): ListedTest {
  return { check, file: test.file, name: test.name };
}
