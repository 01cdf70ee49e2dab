import type { Digest, ModuleId, TreeId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { Recorded } from './recorded.ts';

/** A version of a contract stands: its tests are listed, and it is not vacuous. */
export interface ContractWritten extends Recorded {
  readonly type: 'contract-written';
  readonly module: ModuleId;
  readonly version: number;
  readonly contract: TreeId;
  /** The exact list of tests, in the store. */
  readonly listing: Digest;
  readonly tests: number;
  /** Where a planner wrote the first version; left out for all others. */
  readonly source?: 'missing';
}

/** A version of a contract cannot decide anything; its planner, or else a person, must amend it. */
export interface ContractRefused extends Recorded {
  readonly type: 'contract-refused';
  readonly module: ModuleId;
  readonly version: number;
  readonly code: string;
  readonly evidence: readonly Evidence[];
  /** The planner that wrote it is asked for another draft of the same version. */
  readonly again?: boolean;
}

/** Who asked for a version. */
export type AmendmentSource =
  /** it lies in the base, and could not be tried before what the module needs was drafted */
  | 'plan'
  /** the plan left it to a planner to write the first one */
  | 'missing'
  | 'person'
  | 'integration'
  | 'exhaustion'
  /** a disputed verdict, or disputed tests, showed that it is at fault */
  | 'dispute'
  | 'earlier-run'
  /** a larger module's planner cut it into parts, of which this is one */
  | 'split';

export interface ContractAmended extends Recorded {
  readonly type: 'contract-amended';
  readonly module: ModuleId;
  readonly version: number;
  readonly contract: TreeId;
  readonly reason: string;
  readonly source: AmendmentSource;
  readonly by: string;
}

/** The tests of a new version are being listed. */
export interface VerificationStarted extends Recorded {
  readonly type: 'verification-started';
  readonly module: ModuleId;
  readonly version: number;
}

/** The contract itself is held to be wrong: a planner, or else a person, must write a new version. */
export interface AmendmentRequested extends Recorded {
  readonly type: 'amendment-requested';
  readonly module: ModuleId;
  readonly source: AmendmentSource;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** A planner is asked for a new version. */
export interface AmendmentStarted extends Recorded {
  readonly type: 'amendment-started';
  readonly module: ModuleId;
  readonly version: number;
  readonly epoch: number;
}

/** A planner gave no new version. */
export interface AmendmentFailed extends Recorded {
  readonly type: 'amendment-failed';
  readonly module: ModuleId;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** What the next planner should know of it. */
  readonly evidence?: readonly Evidence[];
  /** Its provider served nobody: it is not held against the planner. */
  readonly unserved?: true;
}

/** A listing ended without a result. */
export interface VerificationEnded extends Recorded {
  readonly type: 'verification-ended';
  readonly module: ModuleId;
}

/** Versions of contracts, and the planners that write them. */
export type ContractEvent =
  | ContractWritten
  | ContractRefused
  | ContractAmended
  | VerificationStarted
  | VerificationEnded
  | AmendmentRequested
  | AmendmentStarted
  | AmendmentFailed;
