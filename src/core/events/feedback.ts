import type { ModuleId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { Recorded } from './recorded.ts';

/** A submission was handed in: what its builder found that concerns the other side of a pair. */
export interface FeedbackGiven extends Recorded {
  readonly type: 'feedback-given';
  readonly from: ModuleId;
  readonly to: ModuleId;
  /**
   * 1-based; the last round's where nothing was found. Findings in what is sealed make no round: they
   * are only noted, and this is 0.
   */
  readonly round: number;
  /** Nothing found: this side has no more to say for now. */
  readonly findings: readonly string[];
  /** There are findings after the last round: they are not taken any more, a person decides. */
  readonly over: boolean;
}

/** Findings go into a module's next turn. */
export interface FeedbackTaken extends Recorded {
  readonly type: 'feedback-taken';
  readonly module: ModuleId;
  readonly from: ModuleId;
  readonly evidence: readonly Evidence[];
  /** Why a module that has passed takes no further turn for them and keeps its pass; absent where it does. */
  readonly unanswered?: string;
}

/** What the two sides of a feedback pair tell each other. */
export type FeedbackEvent = FeedbackGiven | FeedbackTaken;
