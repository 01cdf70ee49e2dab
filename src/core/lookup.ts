import type { GateId, ModuleId, TierId } from './ids.ts';
import type { RunState } from './state.ts';
import type { GateState, TierState } from './gate-state.ts';
import type { ModuleState } from './module-state.ts';

/** A module's number in the graph; throws where the plan has no such module. */
export function moduleNode(state: Pick<RunState, 'graph'>, id: ModuleId): number {
  return found(state.graph.moduleIndex.get(id), 'module', id);
}

export function tierNode(state: Pick<RunState, 'graph'>, id: TierId): number {
  return found(state.graph.tierIndex.get(id), 'tier', id);
}

export function gateNode(state: Pick<RunState, 'graph'>, id: GateId): number {
  return found(state.graph.gateIndex.get(id), 'gate', id);
}

export const moduleState = (state: RunState, id: ModuleId): ModuleState =>
  state.modules.get(moduleNode(state, id));

export const tierState = (state: RunState, id: TierId): TierState =>
  state.tiers.get(tierNode(state, id) - state.graph.tierBase);

export const gateState = (state: RunState, id: GateId): GateState =>
  state.gates.get(gateNode(state, id) - state.graph.gateBase);

function found(node: number | undefined, kind: string, id: string): number {
  if (node === undefined) throw new Error(`the plan has no ${kind} ${id}`);
  return node;
}
