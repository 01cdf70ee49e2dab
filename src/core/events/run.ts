import type { Digest, RunId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Evidence } from '../verdict.ts';
import type { Recorded } from './recorded.ts';
import type { Adoptable, BaseRecord, SandboxRecord } from './run-origin.ts';
import type { Way } from '../way.ts';

/** A fit plan was started; prerequisites are being checked. */
export interface RunStarted extends Recorded {
  readonly type: 'run-started';
  readonly run: RunId;
  readonly plan: Plan;
  readonly base: BaseRecord;
  readonly sandbox: SandboxRecord;
  readonly way: Way;
  /** Seals of an earlier run that stand in for generation where their input is the same. */
  readonly adoptable: readonly Adoptable[];
}

/** A process took the run over; what its predecessor had at work is lost or done again. */
export interface DriverStarted extends Recorded {
  readonly type: 'driver-started';
  readonly driver: number;
  readonly host: string;
  readonly pid: number;
}

export interface PrerequisiteChecked extends Recorded {
  readonly type: 'prerequisite-checked';
  readonly name: string;
  readonly passed: boolean;
  readonly evidence: readonly Evidence[];
}

/** The check of the prerequisites is over and not all hold: nothing starts until a person mends that. */
export interface PrerequisitesMissing extends Recorded {
  readonly type: 'prerequisites-missing';
  readonly names: readonly string[];
}

/** All prerequisites are being checked anew. */
export interface PrerequisitesCheckStarted extends Recorded {
  readonly type: 'prerequisites-check-started';
}

/** Every prerequisite passed: work may start. */
export interface GoGiven extends Recorded {
  readonly type: 'go-given';
}

export interface RunPaused extends Recorded {
  readonly type: 'run-paused';
  readonly by: string;
}

export interface RunResumed extends Recorded {
  readonly type: 'run-resumed';
  readonly by: string;
}

/** A person ended the run; what is at work is being aborted. Final. */
export interface RunCancelled extends Recorded {
  readonly type: 'run-cancelled';
  readonly by: string;
  readonly reason: string;
}

export interface DeliveryStarted extends Recorded {
  readonly type: 'delivery-started';
}

/** The result lies where the user can take it. */
export interface Delivered extends Recorded {
  readonly type: 'delivered';
  readonly kind: 'branch' | 'folder';
  /** The branch's name, or the folder's path from the workspace. */
  readonly name: string;
  readonly commit: string | null;
}

export interface DeliveryFailed extends Recorded {
  readonly type: 'delivery-failed';
  readonly message: string;
}

export type RunOutcome = 'complete' | 'failed' | 'cancelled';

export interface RunFinished extends Recorded {
  readonly type: 'run-finished';
  readonly outcome: RunOutcome;
  readonly reason: string;
}

/** A run that was over, or could not be delivered, goes on because a person reopened a module. */
export interface RunReopened extends Recorded {
  readonly type: 'run-reopened';
  readonly by: string;
  readonly reason: string;
}

export interface PostmortemWritten extends Recorded {
  readonly type: 'postmortem-written';
  readonly digest: Digest;
}

/** The run as a whole: its beginning, its pauses, its delivery and its end. */
export type RunLifeEvent =
  | RunStarted
  | DriverStarted
  | PrerequisiteChecked
  | PrerequisitesMissing
  | PrerequisitesCheckStarted
  | GoGiven
  | RunPaused
  | RunResumed
  | RunCancelled
  | DeliveryStarted
  | Delivered
  | DeliveryFailed
  | RunFinished
  | RunReopened
  | PostmortemWritten;
