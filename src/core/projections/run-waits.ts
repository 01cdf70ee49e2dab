import type { ModuleId } from '../ids.ts';
import type { RunState } from '../state.ts';
import { waitsFor } from './node-words.ts';

/** A module that cannot go on before others are sealed. */
export interface Wait {
  readonly who: ModuleId;
  readonly on: readonly string[];
}

/** In the order of the plan; looks at every module. */
export function waitingModules(state: RunState): Wait[] {
  const waits: Wait[] = [];
  state.plan.modules.forEach(({ id }, node) => {
    if (state.unmet.get(node) === 0) return;
    waits.push({ who: id, on: waitsFor(state, node) });
  });
  return waits;
}
