import type { ModuleId } from '../../core/ids.ts';
import { heldUpBy } from '../../core/projections/blockers.ts';
import type { RunState } from '../../core/state.ts';
import type { BoardState } from '../store.ts';

let last: { state: RunState; module: ModuleId; nodes: ReadonlySet<number> } | null = null;

/** The selected module and what holds it up, where a person wants to see that; null otherwise. */
export function tracedNodes({
  chronicle,
  selected,
  traces,
}: BoardState): ReadonlySet<number> | null {
  if (!traces.blockers || selected === null || chronicle === null) return null;
  const { state } = chronicle;
  const node = state.graph.moduleIndex.get(selected);
  if (node === undefined) return null;
  // All cards and edges of a picture ask for the same.
  if (last?.state !== state || last.module !== selected) {
    last = { state, module: selected, nodes: heldUpBy(state, node) };
  }
  return last.nodes;
}

/** Whether a node is no part of what is traced. */
export function isOffTrace(board: BoardState, node: number): boolean {
  return tracedNodes(board)?.has(node) === false;
}
