import {
  attemptAllowance,
  integrationAllowance,
  overruns,
  planningAllowance,
  reviewAllowance,
} from '../allowance.ts';
import type { Amount } from '../budget.ts';
import { builderHold, runHold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import { modulePlan } from '../graph.ts';
import { nodeRef } from '../ids.ts';
import type { ModuleLife, RunState } from '../state.ts';
import { atWork } from './law-hands.ts';
import type { DecisionStep, Law } from './law.ts';
import type { Ledger } from './ledger.ts';
import { Settled } from './settled.ts';

export const blockOnlyForAReason: Law = {
  number: 9,
  title: 'Block only for a reason',
  holds(step) {
    if (step.at !== 'decision' || runHold(step.state) !== null) return null;
    return idleBuilder(step) ?? idlePlanner(step) ?? idleReviewer(step) ?? waitsForNobody(step);
  },
};

function idleBuilder({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'builders')) return null;
  const node = firstModule(state, ({ at }) => at === 'ready');
  if (node === null || builderHold(state) !== null) return null;
  const wanted = attemptAllowance(state.modules.get(node), modulePlan(state.plan, node).budget);
  return unlessHeldByBudget(state, wanted, `module ${state.modules.get(node).id} is ready`);
}

function idlePlanner({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'planners')) return null;
  const node = firstModule(state, (life) => life.at === 'amending' && life.order === null);
  if (node === null) return null;
  const wanted = planningAllowance(modulePlan(state.plan, node).budget);
  return unlessHeldByBudget(state, wanted, `module ${state.modules.get(node).id} is to be amended`);
}

function idleReviewer({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'reviewers')) return null;
  const settled = new Settled(ledger);
  const handedIn = firstModule(
    state,
    ({ at }, node) =>
      at === 'submitted' &&
      settled.unsettledNeed(nodeRef('module', state.modules.get(node).id)) === null,
  );
  if (handedIn !== null) {
    const module = state.modules.get(handedIn);
    const { budget } = modulePlan(state.plan, handedIn);
    const wanted = reviewAllowance(module, budget);
    const fault = unlessHeldByBudget(state, wanted, `module ${module.id} is handed in`);
    if (fault !== null) return fault;
  }
  const judged = [...state.tiers, ...state.gates].find(
    ({ life, id }) => life.at === 'ready' && !isApproval(ledger, id),
  );
  if (judged === undefined) return null;
  const wanted = integrationAllowance(state.plan.budget);
  return unlessHeldByBudget(state, wanted, `${judged.id} is ready`);
}

/** Listing tests and composing what is to be approved need no place. */
function waitsForNobody({ state, ledger }: DecisionStep): string | null {
  for (const { id, life } of state.modules) {
    if (life.at === 'verifying' && life.order === null) return `nobody lists the tests of ${id}`;
  }
  for (const { id, life } of state.gates) {
    if (life.at === 'ready' && isApproval(ledger, id)) return `nobody composes what ${id} asks for`;
  }
  return null;
}

const isApproval = (ledger: Ledger, id: string): boolean =>
  ledger.reach.get(nodeRef('gate', id))?.approval === true;

const hasPlace = (ledger: Ledger, pool: PoolKind): boolean =>
  atWork(ledger, pool) < ledger.plan.pools[pool].max;

/** The one with the longest remaining path: places go to it first. */
function firstModule(
  { modules, graph }: RunState,
  waits: (life: ModuleLife, node: number) => boolean,
): number | null {
  let first: number | null = null;
  for (let node = 0; node < modules.length; node++) {
    if (!waits(modules.get(node).life, node)) continue;
    if (first === null || (graph.rank[node] ?? 0) < (graph.rank[first] ?? 0)) first = node;
  }
  return first;
}

function unlessHeldByBudget(state: RunState, wanted: Amount, what: string): string | null {
  const held = overruns(state, wanted) !== null && state.reservations.size > 0;
  return held ? null : `${what} beside a free place without a hold`;
}
