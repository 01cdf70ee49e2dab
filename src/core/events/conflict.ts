import type { ConflictDecision, ConflictKind, ConflictRule, IfUpheld } from '../conflict.ts';
import type { ModuleId, NodeRef } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { Recorded } from './recorded.ts';

/** Two parties are at odds; what follows names the conflict by its number. */
export interface ConflictDetected extends Recorded {
  readonly type: 'conflict-detected';
  /** Of this event. */
  readonly conflict: number;
  readonly kind: ConflictKind;
  /** The module, tier or gate that it is about comes first. */
  readonly parties: readonly NodeRef[];
  readonly about: string;
  readonly evidence: readonly Evidence[];
}

/** A verdict or the tests behind it are disputed: the submission waits until that is decided. */
export interface DisputeOpened extends Recorded {
  readonly type: 'dispute-opened';
  readonly conflict: number;
  readonly module: ModuleId;
  readonly by: 'builder' | 'reviewer';
  readonly reason: string;
  /** The rule that is asked; `evidence`: the checks that failed are run again on that submission. */
  readonly rule: Exclude<ConflictRule, 'contract'>;
  readonly ifUpheld: IfUpheld;
}

/** An arbiter looks at a dispute. */
export interface ArbitrationStarted extends Recorded {
  readonly type: 'arbitration-started';
  readonly conflict: number;
  readonly module: ModuleId;
  /** Which of the run's arbitrations this is; 1 for the first. */
  readonly arbitration: number;
  readonly epoch: number;
}

/** An arbiter gave no answer. */
export interface ArbitrationFailed extends Recorded {
  readonly type: 'arbitration-failed';
  readonly conflict: number;
  readonly module: ModuleId;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** Its provider served nobody: it is not held against the arbiter. */
  readonly unserved?: true;
}

export interface ConflictResolved extends Recorded {
  readonly type: 'conflict-resolved';
  readonly conflict: number;
  readonly rule: ConflictRule;
  readonly decided: ConflictDecision;
  readonly reason: string;
  readonly by: string;
}

/** Parties are at odds, and somebody decides. */
export type ConflictEvent =
  ConflictDetected | DisputeOpened | ArbitrationStarted | ArbitrationFailed | ConflictResolved;
