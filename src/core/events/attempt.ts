import type { Amount } from '../budget.ts';
import type { ModuleId, TreeId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { AttemptOf, Recorded } from './recorded.ts';

export interface GenerationStarted extends Recorded, AttemptOf {
  readonly type: 'generation-started';
  readonly version: number;
}

export interface ProgressReported extends Recorded, AttemptOf {
  readonly type: 'progress-reported';
  readonly says: string;
  /** 0 … 1; null where the agent does not tell. */
  readonly fraction: number | null;
  readonly spent: Amount;
}

export type GenerationEnd =
  /** its process or its driver died */
  | 'lost'
  | 'stalled'
  /** the provider failed and may be asked again */
  | 'failed'
  /** its provider serves nobody now: the attempt waits for it, and is not used up */
  | 'unserved'
  | 'exhausted'
  /** the agent would not do it */
  | 'refused'
  /** the agent holds the verdict to be wrong and hands nothing in */
  | 'disputed'
  /** aborted: its contract was amended or the run cancelled */
  | 'aborted';

/** An attempt's agent ended without a submission. */
export interface GenerationEnded extends Recorded, AttemptOf {
  readonly type: 'generation-ended';
  readonly outcome: GenerationEnd;
  readonly message: string;
  /** What it left, to begin the next one with; null where nothing was kept. */
  readonly seed: TreeId | null;
  /** The agent may be replaced after this long. */
  readonly restMs: number;
}

/** A pause that a provider asked for is over. */
export interface RestEnded extends Recorded {
  readonly type: 'rest-ended';
  readonly module: ModuleId;
}

export interface SubmissionReceived extends Recorded, AttemptOf {
  readonly type: 'submission-received';
  readonly version: number;
  /** The owned paths, in the store. */
  readonly tree: TreeId;
  /** At most one page. */
  readonly summary: string;
  /** What was touched outside the owned paths, and the like. */
  readonly problems: readonly Evidence[];
}

/** Builders at work, until they hand in or end. */
export type AttemptEvent =
  GenerationStarted | ProgressReported | GenerationEnded | RestEnded | SubmissionReceived;
