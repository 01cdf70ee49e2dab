import type { Amount } from '../budget.ts';
import type { Digest, TreeId } from '../ids.ts';
import type { SplitPart } from '../plan/split-plan.ts';
import type { Evidence } from '../verdict.ts';
import type { OfModule } from './asked.ts';

export interface RecordAmendment extends OfModule {
  readonly type: 'record-amendment';
  readonly contract: TreeId;
  readonly reason: string;
  readonly spent: Amount;
}

export interface RecordAmendmentFailure extends OfModule {
  readonly type: 'record-amendment-failure';
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** What the next planner should know of it. */
  readonly evidence?: readonly Evidence[];
  readonly spent: Amount;
}

/** A planner cut a module into parts, and wrote a contract for each. */
export interface RecordSplit extends OfModule {
  readonly type: 'record-split';
  readonly parts: readonly SplitPart[];
  /** In the order of the parts. */
  readonly contracts: readonly { readonly contract: TreeId; readonly seed: TreeId | null }[];
  readonly reason: string;
  readonly spent: Amount;
}

export interface RecordVerification extends OfModule {
  readonly type: 'record-verification';
  readonly result:
    | { readonly ok: true; readonly listing: Digest; readonly tests: number }
    | { readonly ok: false; readonly code: string; readonly evidence: readonly Evidence[] };
}

/** Of a planner, or of the listing of tests. */
export type ContractResult =
  RecordAmendment | RecordAmendmentFailure | RecordSplit | RecordVerification;
