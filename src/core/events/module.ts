import type { Digest, ModuleId, RunId, TreeId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { BudgetExhausted } from './budget.ts';
import type { AttemptOf, Recorded } from './recorded.ts';

/** The module passed; its seal and the ref to it are in the store. */
export interface ModuleSealed extends Recorded, AttemptOf {
  readonly type: 'module-sealed';
  readonly version: number;
  readonly seal: Digest;
  readonly tree: TreeId;
}

/** The module passed its gate but is not sealed yet: it waits to be confirmed, or for its set. */
export interface ModulePassed extends Recorded, AttemptOf {
  readonly type: 'module-passed';
  readonly version: number;
  readonly tree: TreeId;
  /** Its seal, in the store, where it was judged against what stands; null where on a stub. */
  readonly seal: Digest | null;
}

/** A module that had passed does not pass with the real thing; it is revised. */
export interface ConfirmationFailed extends Recorded {
  readonly type: 'confirmation-failed';
  readonly module: ModuleId;
  /** How often by now, under this version of its contract. */
  readonly round: number;
  readonly evidence: readonly Evidence[];
}

/** A seal of an earlier run, made from the same input, is taken over; nothing is generated. */
export interface SealAdopted extends Recorded {
  readonly type: 'seal-adopted';
  readonly module: ModuleId;
  readonly version: number;
  readonly seal: Digest;
  readonly tree: TreeId;
  readonly from: RunId;
}

export interface ModuleReopened extends Recorded {
  readonly type: 'module-reopened';
  readonly module: ModuleId;
  readonly cause: 'amendment' | 'rejudgement';
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly by: string;
}

export type EscalationReason =
  | 'exhausted'
  | 'agent-failing'
  | 'agent-refused'
  | 'contract-refused'
  | 'contract-needed'
  | 'check-unstable'
  | 'confirmation'
  | 'feedback'
  | 'integration'
  | 'disputed';

/** Agents cannot go on here: a person must amend the contract or cancel. */
export interface ModuleEscalated extends Recorded {
  readonly type: 'module-escalated';
  readonly module: ModuleId;
  readonly reason: EscalationReason;
  /** What of its budget is used up, where that is the reason; left out where it is not known. */
  readonly what?: BudgetExhausted['what'];
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export interface ModuleAbandoned extends Recorded {
  readonly type: 'module-abandoned';
  readonly module: ModuleId;
  readonly reason: string;
}

/** A module that a person was asked about goes on under the same contract. */
export interface ModuleResumed extends Recorded {
  readonly type: 'module-resumed';
  readonly module: ModuleId;
  readonly by: string;
  /** Whose contract was amended, for which it waited; left out where it was given more budget. */
  readonly after?: ModuleId;
}

/** What becomes of a module: passed, sealed, reopened, or left to a person. */
export type ModuleEvent =
  | ModulePassed
  | ConfirmationFailed
  | ModuleSealed
  | SealAdopted
  | ModuleReopened
  | ModuleEscalated
  | ModuleResumed
  | ModuleAbandoned;
