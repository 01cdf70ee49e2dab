import { unbounded } from '../src/core/plan/unbounded.ts';
import { moduleId, nodeRef, resourceId, streamId } from '../src/core/ids.ts';
import type { ModulePlan, Plan } from '../src/core/plan/plan.ts';
import type { Shape } from './shapes.ts';

/** Agents of each pool that work at a time. */
export const places = 8;

const stream = streamId('all');
const plenty = 1e12;

/** The same plan, where all modules share something that only four can have at once. */
export function sharingPlanOf(shape: Shape): Plan {
  const plan = planOf(shape);
  const resource = resourceId('shared');
  return {
    ...plan,
    resources: [{ id: resource, capacity: 4 }],
    modules: plan.modules.map((each) => ({ ...each, resources: [{ resource, amount: 1 }] })),
  };
}

/** A plan without tiers or gates, and with budgets that nothing exhausts. */
export function planOf({ name, needs }: Shape): Plan {
  const pool = { max: places, agent: 'none', model: null, definition: null, budget: null };
  return {
    ashlar: 1,
    artifact: { name, kind: 'bench', purpose: '', sourceOfTruth: [], success: '' },
    preconditions: { modules: '', interfaces: '', workPerModule: '' },
    environment: null,
    prerequisites: [],
    models: [],
    pools: { planners: pool, builders: pool, reviewers: pool },
    budget: { tokens: plenty, minutes: 1e9, microUsd: plenty, ...unbounded },
    stallMinutes: 10,
    resources: [],
    streams: [{ id: stream, title: 'All', lead: null }],
    modules: needs.map((on, node) => moduleOf(node, on)),
    handoffs: [],
    tiers: [],
    gates: [],
  };
}

const idOf = (node: number): string => `m-${node}`;

function moduleOf(node: number, needs: readonly number[]): ModulePlan {
  return {
    id: moduleId(idOf(node)),
    kind: 'code',
    purpose: 'does nothing',
    stream,
    owns: [`src/${idOf(node)}/**`],
    contract: { author: 'plan', file: `contracts/${idOf(node)}.md`, tests: [], stub: [] },
    needs: needs.map((need) => ({ kind: 'hard', on: nodeRef('module', idOf(need)) })),
    resources: [],
    checks: [],
    reviewers: 1,
    estimate: { minutes: 1, review: 1, source: 'plan', runs: 0 },
    budget: { turns: 100, tokens: 100_000, minutes: 60, microUsd: 1_000_000, attempts: 5 },
    onExhausted: ['escalate'],
  };
}
