import type { NodeRef, TreeId } from '../ids.ts';
import type { CheckResult, Evidence, Verdict } from '../verdict.ts';
import type { AttemptOf, Recorded } from './recorded.ts';

export interface EvaluationStarted extends Recorded, AttemptOf {
  readonly type: 'evaluation-started';
  readonly version: number;
  readonly tree: TreeId;
  /** True where a seal is judged again after something below it changed. */
  readonly again: boolean;
  /** True where a module that passed on a stub is judged against the real thing. */
  readonly confirms: boolean;
}

/** An evaluation ended without a verdict: what it judged no longer stands. */
export interface EvaluationEnded extends Recorded, AttemptOf {
  readonly type: 'evaluation-ended';
}

export interface CheckFinished extends Recorded {
  readonly type: 'check-finished';
  readonly gate: NodeRef;
  readonly result: CheckResult;
}

export interface VerdictGiven extends Recorded {
  readonly type: 'verdict-given';
  readonly gate: NodeRef;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** The assembled tree that was judged. Absent for tiers and gates, and in journals of before. */
  readonly subject?: TreeId;
}

/** The same tree gave two outcomes: the check is held to be wrong, not the builder. */
export interface CheckUnstable extends Recorded {
  readonly type: 'check-unstable';
  readonly gate: NodeRef;
  readonly check: string;
}

/** Checks are run and verdicts given. */
export type JudgingEvent =
  EvaluationStarted | EvaluationEnded | CheckFinished | CheckUnstable | VerdictGiven;
