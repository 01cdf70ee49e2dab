import { DemandQueue } from './collections/demand-queue.ts';
import type { Demand } from './demand.ts';
import type { Draft } from './draft.ts';
import type { Graph } from './graph.ts';
import type { RunState } from './state.ts';
import type { GateLife, TierLife } from './gate-state.ts';
import type { ModuleLife } from './module-state.ts';

/** Ready modules, by rank and by what building them holds. */
export function buildQueue({ byRank, demands }: Graph): DemandQueue {
  const classOf = byRank.map((node) => demands.build[node] ?? 0);
  return DemandQueue.empty(classOf, demands.classes.length);
}

/** What waits for a reviewer, by rank and by what judging it holds. */
export function reviewQueue({ byRank, demands }: Graph): DemandQueue {
  const classOf = byRank.map((node) => demands.judge[node] ?? 0);
  return DemandQueue.empty(classOf, demands.classes.length);
}

export const demandOf = ({ graph }: Pick<RunState, 'graph'>, demandClass: number): Demand =>
  graph.demands.classes[demandClass] ?? [];

/** Whether all that a class of work demands is there now. */
export function isFree(state: Pick<RunState, 'graph' | 'held'>, demandClass: number): boolean {
  const { capacities } = state.graph.demands;
  return demandOf(state, demandClass).every(
    ({ resource, amount }) => (state.held[resource] ?? 0) + amount <= (capacities[resource] ?? 0),
  );
}

/** The class of what a module, tier or gate in this state of life holds. */
export function heldWhile(
  { demands }: Graph,
  node: number,
  life: ModuleLife | TierLife | GateLife,
): number {
  if (life.at === 'generating') return demands.build[node] ?? 0;
  if (life.at === 'evaluating' || life.at === 'judging') return demands.judge[node] ?? 0;
  if (life.at === 'verifying' && life.order !== null) return demands.list[node] ?? 0;
  return 0;
}

/** Of how many that wait it is kept in mind that they were overtaken. */
const remembered = 16;

/**
 * Keeps in step who holds what when a node goes from one state of life to another. A piece of work
 * takes all that it demands in the event that starts it and gives it back in the one that ends it:
 * nobody holds one thing while it waits for another, so nothing can wait in a circle.
 */
export function changeHeld(
  draft: Draft,
  node: number,
  before: ModuleLife | TierLife | GateLife,
  after: ModuleLife | TierLife | GateLife,
): void {
  if (draft.graph.demands.classes.length === 1) return;
  const was = heldWhile(draft.graph, node, before);
  const is = heldWhile(draft.graph, node, after);
  if (was !== is) {
    draft.holders = is === 0 ? draft.holders.delete(node) : draft.holders.set(node, is);
    draft.held = changed(draft, was, is);
    noteOvertaken(draft, node, is);
  }
  forgetUnlessQueued(draft, node);
}

function changed(draft: Draft, was: number, is: number): number[] {
  const units = draft.held.slice();
  const add = (demandClass: number, by: 1 | -1): void => {
    for (const { resource, amount } of demandOf(draft, demandClass)) {
      units[resource] = (units[resource] ?? 0) + by * amount;
    }
  };
  add(was, -1);
  add(is, 1);
  return units;
}

/**
 * Whoever is first in line and cannot begin any more, because of what one behind it takes, is
 * overtaken. Tiers and gates are few and much waits for them: they overtake nobody.
 */
function noteOvertaken(draft: Draft, node: number, taken: number): void {
  const { rank } = draft.graph;
  const own = rank[node];
  if (taken === 0 || own === undefined) return;
  for (const head of heads(draft)) {
    if (own < (rank[head] ?? -1)) continue;
    const times = draft.overtaken.get(head) ?? 0;
    if (times === 0 && draft.overtaken.size >= remembered) continue;
    if (!isShort(draft, wantedBy(draft, head), taken)) continue;
    draft.overtaken = draft.overtaken.set(head, times + 1);
  }
}

/** The first in each line. */
function heads({ toVerify, toJudge, toEvaluate, toGenerate, graph }: Draft): number[] {
  const ofModule = (rank: number): number => graph.byRank[rank] ?? -1;
  const first = [toVerify.first(), toJudge.first()];
  const ready = [ofModule(toEvaluate.first()), ofModule(toGenerate.first())];
  return [...first, ...ready].filter((node) => node !== -1);
}

/** Whether too little is left for the one class of something that the other uses too. */
function isShort(draft: Draft, wanted: number, taken: number): boolean {
  const { capacities } = draft.graph.demands;
  return demandOf(draft, wanted).some(
    ({ resource, amount }) =>
      (draft.held[resource] ?? 0) + amount > (capacities[resource] ?? 0) &&
      demandOf(draft, taken).some((need) => need.resource === resource),
  );
}

/** The class of what a node that waits in a line will hold once it begins; 0 where it is in none. */
export function wantedBy(state: RunState, node: number): number {
  const { graph } = state;
  const rank = graph.rank[node] ?? -1;
  if (state.toJudge.has(node)) return graph.demands.judge[node] ?? 0;
  if (node >= graph.modules) return 0;
  if (state.toGenerate.has(rank)) return graph.demands.build[node] ?? 0;
  if (state.toEvaluate.has(rank)) return graph.demands.judge[node] ?? 0;
  return state.toVerify.has(node) ? (graph.demands.list[node] ?? 0) : 0;
}

/** What waits for nothing any more was not overtaken. */
export function forgetUnlessQueued(draft: Draft, node: number): void {
  if (draft.overtaken.size === 0 || !draft.overtaken.has(node)) return;
  if (wantedBy(draft, node) === 0) draft.overtaken = draft.overtaken.delete(node);
}
