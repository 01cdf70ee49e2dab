import { zeroAmount } from './budget.ts';
import { Vector } from './collections/vector.ts';
import { silent } from './evolve-feedback.ts';
import { isInside, type Graph } from './graph.ts';
import { noTree } from './ids.ts';
import type { ContractPlan } from './plan/plan.ts';
import type { RunState } from './state.ts';
import type { ModuleLife, ModuleState } from './module-state.ts';

/** Where the plan names no contract, a planner is the first to work on the module. */
const missing: ModuleLife = {
  at: 'amending',
  order: null,
  source: 'missing',
  reason: 'the plan leaves its contract to a planner',
  epoch: 1,
  superseded: false,
};

/** Nothing is settled, nothing was handed in. */
export function standings(graph: Graph): Pick<RunState, 'open' | 'components' | 'feedback'> {
  const open = graph.soft.slice(0, graph.modules).map((soft, node) => {
    const inSet = graph.componentOf[node] !== -1;
    const on = inSet ? [...soft, ...(graph.needs[node] ?? [])] : soft;
    return on.filter((each) => !isInside(graph, node, each)).length;
  });
  const components = graph.components.map((members) => ({
    lacking: members.length,
    waiting: members.filter((node) => open[node] !== 0).length,
  }));
  const feedback = graph.feedback.map(() => ({ fromA: silent, fromB: silent }));
  return {
    open: Vector.from(open),
    components: Vector.from(components),
    feedback: Vector.from(feedback),
  };
}

/** A tier or a gate. */
export function newComposed<Id>(id: Id) {
  return { id, conflict: null, life: { at: 'waiting' }, judged: 0 } as const;
}

export function newModule(id: ModuleState['id'], { author }: ContractPlan): ModuleState {
  return {
    id,
    contract: {
      version: 0,
      tree: noTree,
      listing: null,
      tests: 0,
      history: [],
      refusals: 0,
      refused: [],
    },
    life: author === 'planner' ? missing : { at: 'waiting' },
    attempt: 0,
    epoch: 0,
    restarts: 0,
    replaces: false,
    judged: 0,
    confirmations: 0,
    seal: null,
    formerSeal: null,
    evidence: [],
    notices: [],
    judgement: null,
    conflict: null,
    seed: null,
    spent: zeroAmount,
    inFull: zeroAmount,
    grants: 1,
    steps: 0,
  };
}
