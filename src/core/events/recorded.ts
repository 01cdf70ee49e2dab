import type { ModuleId } from '../ids.ts';

/** What every event carries besides its own fields; the journal adds `v`, `prev`, `decision`, `end`. */
export interface Recorded {
  /** 1 for the first event of a run, then without gaps. */
  readonly seq: number;
  /** UTC milliseconds, never decreasing within a run. */
  readonly at: number;
}

/** Where work on a module was done: which attempt, and which replacement of its agent. */
export interface AttemptOf {
  readonly module: ModuleId;
  /** 1-based; a revision is a new attempt. */
  readonly attempt: number;
  /** 1-based; a crash, a stall or a provider's failure is the same attempt, one epoch on. */
  readonly epoch: number;
}
