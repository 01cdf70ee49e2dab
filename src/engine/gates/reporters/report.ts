/** What became of a test. */
export type TestOutcome = 'pass' | 'fail' | 'skip' | 'todo';

/** One test as a report tells of it, whatever its format. */
export interface ReportedTest {
  /** As the report names it; empty where it names none. */
  readonly file: string;
  /** 1-based; null where the report names none. */
  readonly line: number | null;
  /** From the outermost suite inwards, joined by {@link nameSeparator}. */
  readonly name: string;
  readonly outcome: TestOutcome;
  /** Of a failure; empty otherwise. */
  readonly message: string;
  /** `suite`: a group that failed for itself, as when its set-up threw; `file`: a whole test file. */
  readonly scope: 'test' | 'suite' | 'file';
}

/** A report as it was read. A report that cannot be read says why, as data. */
export type Report =
  | { readonly ok: true; readonly tests: readonly ReportedTest[] }
  | { readonly ok: false; readonly reason: string };

export const nameSeparator = ' > ';

/** More is refused: no contract has so many, and each costs memory. */
const maxTests = 50_000;

export function reportOf(tests: readonly ReportedTest[]): Report {
  if (tests.length <= maxTests) return { ok: true, tests };
  return { ok: false, reason: `it holds more than ${maxTests} tests` };
}
