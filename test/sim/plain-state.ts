import type { RunState } from '../../src/core/state.ts';

/** A state as plain data, for comparing: without the graph, which follows from the plan. */
export function plainState(state: RunState | null): unknown {
  if (state === null) return null;
  const { graph: _graph, ...rest } = state;
  return {
    ...rest,
    modules: [...state.modules],
    tiers: [...state.tiers],
    gates: [...state.gates],
    unmet: [...state.unmet],
    toGenerate: [...state.toGenerate],
    toEvaluate: [...state.toEvaluate],
    toCheck: [...state.toCheck],
    toAmend: [...state.toAmend],
    toVerify: [...state.toVerify],
    toJudge: [...state.toJudge],
    holders: [...state.holders],
    overtaken: [...state.overtaken],
    reservations: [...state.reservations],
    adoptable: [...state.adoptable],
  };
}
