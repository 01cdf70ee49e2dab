import type { ModuleId, TreeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Recorded } from './recorded.ts';

export interface PlanChanged extends Recorded {
  readonly type: 'plan-changed';
  readonly plan: Plan;
  readonly reason: string;
  readonly by: string;
}

/** A part of a module that takes its place, with the first draft of its contract. */
export interface SplitContract {
  readonly module: ModuleId;
  readonly contract: TreeId;
  /** What the module left of the part's files; null where it left none. */
  readonly seed: TreeId | null;
}

/** A module that was too large is replaced by its parts; whatever needed it needs all of them. */
export interface ModuleSplit extends Recorded {
  readonly type: 'module-split';
  readonly module: ModuleId;
  readonly into: readonly ModuleId[];
  /** As it is from here on. */
  readonly plan: Plan;
  readonly contracts: readonly SplitContract[];
  readonly reason: string;
  readonly by: string;
}

/** The plan is another one from here on. */
export type PlanChangeEvent = PlanChanged | ModuleSplit;
