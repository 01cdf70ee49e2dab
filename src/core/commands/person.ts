import type { Ruling } from '../conflict.ts';
import type { Digest, GateId, ModuleId, TreeId } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { Scope } from '../scopes.ts';
import type { Asked } from './asked.ts';

export interface PauseRun extends Asked {
  readonly type: 'pause-run';
  readonly by: string;
}

export interface ResumeRun extends Asked {
  readonly type: 'resume-run';
  readonly by: string;
}

export interface CancelRun extends Asked {
  readonly type: 'cancel-run';
  readonly by: string;
  readonly reason: string;
}

export interface ApproveGate extends Asked {
  readonly type: 'approve-gate';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

export interface RejectGate extends Asked {
  readonly type: 'reject-gate';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

/** Reopens a sealed module with an amended contract. */
export interface ReopenModule extends Asked {
  readonly type: 'reopen-module';
  readonly module: ModuleId;
  readonly contract: TreeId;
  readonly reason: string;
  readonly by: string;
}

/** Amends the contract of a module that is not sealed. */
export interface AmendContract extends Asked {
  readonly type: 'amend-contract';
  readonly module: ModuleId;
  readonly contract: TreeId;
  readonly reason: string;
  readonly by: string;
}

/** Raises (or lowers) what the run, a pool, a phase or a module may use, what is spent included. */
export interface ChangeBudget extends Asked {
  readonly type: 'change-budget';
  readonly scope: Scope;
  readonly budget: BudgetChange;
  readonly by: string;
}

/** New bounds of a budget; what is null stays as it is. */
export interface BudgetChange {
  readonly tokens: number | null;
  readonly minutes: number | null;
  readonly microUsd: number | null;
  readonly turns: number | null;
  /** Of a module: submissions that may be judged under one version of its contract. */
  readonly attempts: number | null;
}

/** Decides a dispute that no arbiter decided, or that a person would rather decide. */
export interface ResolveConflict extends Asked {
  readonly type: 'resolve-conflict';
  readonly conflict: number;
  readonly decision: Ruling;
  readonly reason: string;
  readonly by: string;
}

/** Has a provider that serves nobody tried now; whoever else it would wait for is not asked. */
export interface RetryProvider extends Asked {
  readonly type: 'retry-provider';
  /** null: all that are waited for. */
  readonly provider: string | null;
  readonly by: string;
}

/** Takes the agents of a pool from another provider, or another model of it, from here on; those at work go on. */
export interface SwitchAgents extends Asked {
  readonly type: 'switch-agents';
  readonly pool: PoolKind;
  /** As `pools.<pool>.agent` names it. */
  readonly agent: string;
  /** As that provider calls it; left out: the one that it takes for this pool. */
  readonly model?: string;
  readonly by: string;
}

/** What a person may ask for, from whichever process. */
export type PersonCommand =
  | PauseRun
  | ResumeRun
  | CancelRun
  | ApproveGate
  | RejectGate
  | ReopenModule
  | AmendContract
  | ChangeBudget
  | ResolveConflict
  | RetryProvider
  | SwitchAgents;
