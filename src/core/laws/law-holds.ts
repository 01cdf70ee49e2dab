import { claimants, claimedBy } from '../claims.ts';
import { wantedBy } from '../held.ts';
import { attemptAllowance, planningAllowance, reviewAllowance } from '../allowance.ts';
import { integration, ofModule, waitsForBudget, type Payable } from '../decide-budget.ts';
import { builderHold, runHold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import { modulePlan, refOf } from '../graph.ts';
import { nodeRef, type NodeRef } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { ModuleLife } from '../module-state.ts';
import { atWork } from './law-hands.ts';
import type { DecisionStep, Law } from './law.ts';
import { isAwaited, leavesProviderAlone, namesProvider } from './law-providers.ts';
import { lackingFor } from './law-resources.ts';
import { moduleEntry, reachEntry, type Ledger, type LiveWork } from './ledger.ts';
import { Settled } from './settled.ts';

export const blockOnlyForAReason: Law = {
  number: 9,
  title: 'Block only for a reason',
  holds(step) {
    if (step.at === 'event') return leavesProviderAlone(step);
    if (step.at === 'end') return null;
    const unsaid = namesProvider(step);
    if (unsaid !== null || runHold(step.state) !== null) return unsaid;
    return idleBuilder(step) ?? idlePlanner(step) ?? idleReviewer(step) ?? waitsForNobody(step);
  },
};

function idleBuilder({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'builders')) return null;
  const node = firstModule(
    state,
    ({ at }, node) => at === 'ready' && !isHeldByResource(state, ledger, node, 'build'),
  );
  if (node === null || builderHold(state) !== null) return null;
  const module = state.modules.get(node);
  const wanted = attemptAllowance(module, modulePlan(state.plan, node).budget);
  const work = ofModule(module.id, 'builder', wanted);
  return unlessHeldByBudget(state, work, `module ${module.id} is ready`);
}

function idlePlanner({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'planners') || isAwaited(ledger, 'planners')) return null;
  const node = firstModule(state, (life) => life.at === 'amending' && life.order === null);
  const disputed = firstModule(state, (life) => life.at === 'disputed' && life.order === null);
  const next = disputed ?? node;
  if (next === null) return null;
  const { id } = state.modules.get(next);
  const work = ofModule(id, 'planner', planningAllowance(modulePlan(state.plan, next).budget));
  const what = disputed === null ? 'is to be amended' : 'is disputed';
  return unlessHeldByBudget(state, work, `module ${id} ${what}`);
}

function idleReviewer({ state, ledger }: DecisionStep): string | null {
  if (!hasPlace(ledger, 'reviewers')) return null;
  const settled = new Settled(ledger);
  const isNext = (life: ModuleLife, node: number): boolean =>
    life.at === 'submitted' &&
    settled.unmetNeed(nodeRef('module', state.modules.get(node).id)) === null &&
    !isHeldByResource(state, ledger, node, 'judge');
  const checked = firstModule(state, (life, node) => isNext(life, node) && asksNobody(life));
  if (checked !== null) return `${state.modules.get(checked).id} waits though nobody is to be paid`;
  if (isAwaited(ledger, 'reviewers')) return null;
  const handedIn = firstModule(state, isNext);
  if (handedIn !== null) {
    const module = state.modules.get(handedIn);
    const { budget } = modulePlan(state.plan, handedIn);
    const work = ofModule(module.id, 'reviewer', reviewAllowance(module, budget));
    const fault = unlessHeldByBudget(state, work, `module ${module.id} is handed in`);
    if (fault !== null) return fault;
  }
  for (const [index, { life, id }] of [...state.tiers, ...state.gates].entries()) {
    const node = state.graph.tierBase + index;
    if (life.at !== 'ready' || isApproval(ledger, id)) continue;
    if (isHeldByResource(state, ledger, node, 'judge')) continue;
    const work = integration(state, refOf(state.graph, node));
    const fault = unlessHeldByBudget(state, work, `${id} is ready`);
    if (fault !== null) return fault;
  }
  return null;
}

const asksNobody = (life: ModuleLife): boolean =>
  life.at === 'submitted' &&
  (life.submission.again || life.submission.confirms || life.submission.rejudged?.by === 'ruling');

/**
 * Whether there is too little beside what is at work, by the ledger; or enough, which is kept for
 * something else that waits, was overtaken too often and so goes first.
 */
function isHeldByResource(
  state: RunState,
  ledger: Ledger,
  node: number,
  kind: LiveWork['kind'],
): boolean {
  if (lackingFor(ledger, { kind, ref: refOf(state.graph, node) }) !== null) return true;
  return claimedBy(state, wantedBy(state, node), node) !== -1;
}

/** Listing tests and composing what is to be approved need no place. */
function waitsForNobody({ state, ledger }: DecisionStep): string | null {
  for (let node = 0; node < state.modules.length; node++) {
    const { id, life } = state.modules.get(node);
    if (life.at !== 'verifying' || life.order !== null) continue;
    if (awaitsDraft(ledger, nodeRef('module', id))) continue;
    if (!isHeldByResource(state, ledger, node, 'list')) return `nobody lists the tests of ${id}`;
  }
  for (const { id, life } of state.gates) {
    if (life.at === 'ready' && isApproval(ledger, id)) return `nobody composes what ${id} asks for`;
  }
  return null;
}

/** Tests are listed with the stubs of what a module needs directly: those must be drafted. */
function awaitsDraft(ledger: Ledger, ref: NodeRef): boolean {
  const { direct } = reachEntry(ledger, ref);
  return direct.some((need) => moduleEntry(ledger, need).version === 0);
}

const isApproval = (ledger: Ledger, id: string): boolean =>
  ledger.reach.get(nodeRef('gate', id))?.approval === true;

const hasPlace = (ledger: Ledger, pool: PoolKind): boolean =>
  atWork(ledger, pool) < ledger.plan.pools[pool].max;

/** Who claims a resource, then the one with the longest remaining path: places go to it first. */
function firstModule(
  state: RunState,
  waits: (life: ModuleLife, node: number) => boolean,
): number | null {
  const { modules, graph } = state;
  for (const node of claimants(state)) {
    if (node < modules.length && waits(modules.get(node).life, node)) return node;
  }
  let first: number | null = null;
  for (let node = 0; node < modules.length; node++) {
    if (!waits(modules.get(node).life, node)) continue;
    if (first === null || (graph.rank[node] ?? 0) < (graph.rank[first] ?? 0)) first = node;
  }
  return first;
}

function unlessHeldByBudget(state: RunState, work: Payable, what: string): string | null {
  return waitsForBudget(state, work) ? null : `${what} beside a free place without a hold`;
}
