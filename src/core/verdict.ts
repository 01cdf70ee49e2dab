/** How a gate judges. `NEEDS_REVISION`: the checks pass, yet the contract is not kept. */
export type Verdict = 'PASS' | 'FAIL' | 'NEEDS_REVISION';

/** One thing that speaks for a verdict, short enough for a person to read. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** The check it comes from; null for what no check saw. */
  readonly check: string | null;
  /** The test's full name; null where the check tells no tests apart. */
  readonly test: string | null;
  /** Root-relative; null where none is known. */
  readonly file: string | null;
  /** 1-based; null where none is known. */
  readonly line: number | null;
  /** At most 4,000 characters; cut in the middle. */
  readonly says: string;
}

export type EvidenceKind =
  /** a test failed */
  | 'test'
  /** a check failed as a whole: its exit code, its output's head and tail */
  | 'check'
  /** a check ran into its time or output limit, or left a process behind */
  | 'limit'
  /** the report is not the one the contract's tests give: forged, incomplete or skipped */
  | 'report'
  /** the submission touched paths it does not own, or holds what may not be submitted */
  | 'scope'
  /** a reviewer's reason */
  | 'review'
  /** what the other side of a feedback pair found */
  | 'feedback'

  /** how a conflict was decided */
  | 'conflict';

export type CheckOutcome = 'passed' | 'failed' | 'timed-out' | 'unstable';

/** A check's result as the journal keeps it. */
export interface CheckResult {
  readonly check: string;
  readonly outcome: CheckOutcome;
  readonly passed: number;
  readonly failed: number;
  /** Time of the run, also where it comes from the cache. */
  readonly durationMs: number;
  readonly cached: boolean;
  readonly evidence: readonly Evidence[];
}

/**
 * Merges what the checks say with what a reviewer says: the stricter of the two (law 3).
 * A failing check is FAIL whatever the reviewer holds.
 */
export function mergeVerdict(checks: readonly CheckResult[], review: Verdict): Verdict {
  return checks.every((check) => check.outcome === 'passed') ? review : 'FAIL';
}

/** A contract's test as its check reports it. */
export interface ListedTest {
  readonly check: string;
  /** Root-relative file, empty where the report names none. */
  readonly file: string;
  /** Names from the outermost suite inwards joined by ' > '; with an ordinal where the report has no names. */
  readonly name: string;
}
