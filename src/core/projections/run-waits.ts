import type { ModuleId } from '../ids.ts';
import { refOf } from '../graph.ts';
import { t } from '../language.ts';
import { resourceHold } from '../resource-hold.ts';
import type { RunState } from '../state.ts';
import { nodeName, waitsFor } from './node-words.ts';

/** A module that cannot go on before others are sealed, or give back what they hold. */
export interface Wait {
  readonly who: ModuleId;
  readonly on: readonly string[];
}

/** In the order of the plan; looks at every module. */
export function waitingModules(state: RunState): Wait[] {
  const waits: Wait[] = [];
  state.plan.modules.forEach(({ id }, node) => {
    const on = state.unmet.get(node) === 0 ? resources(state, node) : waitsFor(state, node);
    if (on.length > 0) waits.push({ who: id, on });
  });
  return waits;
}

/** `database (held by parser)` */
function resources(state: RunState, node: number): string[] {
  const hold = resourceHold(state, node);
  if (hold === null) return [];
  const by = hold.holders.map((holder) => nodeName(refOf(state.graph, holder)));
  return hold.resources.map((resource) =>
    by.length === 0
      ? t('{0} (kept for what waited longer)', resource)
      : t('{0} (held by {1})', resource, by.join(', ')),
  );
}
