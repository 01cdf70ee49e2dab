import type { ModuleId } from '../../core/ids.ts';
import type { ModulePlan } from '../../core/plan/plan.ts';
import { modulePlan } from '../../core/graph.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { ModuleState } from '../../core/module-state.ts';

/** The module that the drawer is about, in the run as it is now. */
export interface ShownModule {
  readonly chronicle: Chronicle;
  readonly node: number;
  readonly id: ModuleId;
  readonly module: ModuleState;
  readonly plan: ModulePlan;
}

/** null where the run has no such module. */
export function shownModule(chronicle: Chronicle, id: ModuleId): ShownModule | null {
  const { state } = chronicle;
  const node = state.graph.moduleIndex.get(id);
  if (node === undefined) return null;
  return {
    chronicle,
    node,
    id,
    module: state.modules.get(node),
    plan: modulePlan(state.plan, node),
  };
}
