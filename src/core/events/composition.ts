import type { Digest, GateId, ModuleId, NodeRef, TierId, TreeId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { Recorded } from './recorded.ts';

export interface IntegrationStarted extends Recorded {
  readonly type: 'integration-started';
  readonly tier: TierId;
}

export interface TierIntegrated extends Recorded {
  readonly type: 'tier-integrated';
  readonly tier: TierId;
  /** The composed tree that passed. */
  readonly tree: TreeId;
}

/** A tier's or gate's judging ended without a verdict: what it judged no longer stands. */
export interface IntegrationEnded extends Recorded {
  readonly type: 'integration-ended';
  readonly gate: NodeRef;
}

/** A check of composed modules failed and was attributed; `blamed` is the one that is reopened. */
export interface IntegrationFailed extends Recorded {
  readonly type: 'integration-failed';
  readonly gate: NodeRef;
  readonly check: string;
  readonly between: readonly ModuleId[];
  readonly blamed: ModuleId;
  readonly how: 'declared' | 'stubs' | 'integrator';
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** An end-to-end gate is run, or an approval's subject is composed. */
export interface GateStarted extends Recorded {
  readonly type: 'gate-started';
  readonly gate: GateId;
}

export interface GatePassed extends Recorded {
  readonly type: 'gate-passed';
  readonly gate: GateId;
  readonly tree: TreeId;
}

/** Composed modules could not be judged, or failed with nobody to blame: a person must look. */
export interface GateBlocked extends Recorded {
  readonly type: 'gate-blocked';
  readonly gate: NodeRef;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export interface ApprovalRequested extends Recorded {
  readonly type: 'approval-requested';
  readonly gate: GateId;
  /** Digest of exactly what is to be approved. */
  readonly submission: Digest;
}

export interface ApprovalGiven extends Recorded {
  readonly type: 'approval-given';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

export interface ApprovalRefused extends Recorded {
  readonly type: 'approval-refused';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

/** Tiers and gates: modules are judged together. */
export type CompositionEvent =
  | IntegrationStarted
  | TierIntegrated
  | IntegrationEnded
  | IntegrationFailed
  | GateStarted
  | GatePassed
  | GateBlocked
  | ApprovalRequested
  | ApprovalGiven
  | ApprovalRefused;
