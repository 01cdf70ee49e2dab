import type { ContractWritten } from '../events/contract.ts';
import type { Adoptable, BaseRecord, SandboxRecord } from '../events/run-origin.ts';
import type { Digest, RunId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Asked } from './asked.ts';
import type { Way } from '../way.ts';

export interface StartRun extends Asked {
  readonly type: 'start-run';
  readonly run: RunId;
  readonly plan: Plan;
  readonly base: BaseRecord;
  readonly sandbox: SandboxRecord;
  /** Left out: in parallel. */
  readonly way?: Way;
  /** Version 1 of every contract that there is; in plan order. */
  readonly contracts: readonly FirstContract[];
  /** Seals of earlier runs that were made from the same input. */
  readonly adoptable: readonly Adoptable[];
}

export interface FirstContract extends Pick<ContractWritten, 'module' | 'contract' | 'tests'> {
  /** null: its tests are listed in the run, with stubs that are yet to be written. */
  readonly listing: Digest | null;
  /** The run whose planner wrote it from the same input; left out where it lies in the base. */
  readonly from?: RunId;
}

export interface StartDriver extends Asked {
  readonly type: 'start-driver';
  readonly driver: number;
  readonly host: string;
  readonly pid: number;
  /** The provider that makes the agents of all pools from here on; left out: as before. */
  readonly agents?: string;
}

/** The run's minutes may be used up. */
export interface CheckBudget extends Asked {
  readonly type: 'check-budget';
}

/** What the process that drives a run asks for. */
export type DriverCommand = StartRun | StartDriver | CheckBudget;
