import type { GateId, ModuleId, Order, TierId } from './ids.ts';
import type { AmendmentSource } from './events/contract.ts';

/**
 * Work outside the core, as data. `order` is the number of the event that ordered it, so that an
 * effect has the same id before and after a crash; what comes back carries it.
 */
interface Ordered {
  readonly order: Order;
}

export interface CheckPrerequisites extends Ordered {
  readonly type: 'check-prerequisites';
}

export interface Generate extends Ordered {
  readonly type: 'generate';
  readonly module: ModuleId;
}

/** Wait before a failing provider is asked again. */
export interface Rest extends Ordered {
  readonly type: 'rest';
  readonly module: ModuleId;
  readonly ms: number;
}

/** Wait before a provider that serves nobody is tried again. */
export interface AwaitProvider extends Ordered {
  readonly type: 'await-provider';
  readonly provider: string;
  readonly ms: number;
}

export interface Evaluate extends Ordered {
  readonly type: 'evaluate';
  readonly module: ModuleId;
}

export interface Amend extends Ordered {
  readonly type: 'amend';
  readonly module: ModuleId;
  readonly source: AmendmentSource;
}

/** Have a planner cut a module into parts. */
export interface Split extends Ordered {
  readonly type: 'split';
  readonly module: ModuleId;
}

/** Ask an arbiter about a dispute. */
export interface Arbitrate extends Ordered {
  readonly type: 'arbitrate';
  readonly module: ModuleId;
  readonly conflict: number;
}

export interface VerifyContract extends Ordered {
  readonly type: 'verify-contract';
  readonly module: ModuleId;
}

export interface Integrate extends Ordered {
  readonly type: 'integrate';
  readonly tier: TierId;
}

export interface RunGate extends Ordered {
  readonly type: 'run-gate';
  readonly gate: GateId;
}

export interface ComposeSubject extends Ordered {
  readonly type: 'compose-subject';
  readonly gate: GateId;
}

export interface Deliver extends Ordered {
  readonly type: 'deliver';
}

export interface WritePostmortem extends Ordered {
  readonly type: 'write-postmortem';
}

/** End the work of an earlier order; what it brings back is its end. */
export interface Abort extends Ordered {
  readonly type: 'abort';
}

export type Effect =
  | CheckPrerequisites
  | Generate
  | Rest
  | AwaitProvider
  | Evaluate
  | Amend
  | Split
  | Arbitrate
  | VerifyContract
  | Integrate
  | RunGate
  | ComposeSubject
  | Deliver
  | WritePostmortem
  | Abort;
