import type { DemandQueue } from './collections/demand-queue.ts';
import { exhaustedAmong } from './accounts.ts';
import { demandOf, isFree, wantedBy } from './held.ts';
import { builderHold } from './hold.ts';
import { payersOf } from './payers.ts';
import { awaitedProvider } from './provider-trouble.ts';
import type { RunState } from './state.ts';

/**
 * How often what is first in line is overtaken before it claims what it demands. Who demands much, or
 * several things, may else never find all of it free at one moment.
 */
const patience = 3;

/**
 * The nodes that claim what they demand, the first to be overtaken first. A claim keeps others from
 * taking what would be too much beside it, until its owner begins. It cannot block for ever: only
 * what is at work stands in the way of the first claim, and that ends. What must wait for the
 * reviewers claims nothing, for the reviewers may need just that; nor does what waits for somebody to
 * raise a budget, or for a provider of agents.
 */
export function claimants(state: RunState): number[] {
  if (state.overtaken.size === 0) return [];
  const pressed = builderHold(state) !== null;
  const claiming: number[] = [];
  for (const [node, times] of state.overtaken) {
    if (times < patience) continue;
    const builds = node < state.graph.modules && state.toGenerate.has(state.graph.rank[node] ?? -1);
    if (builds ? pressed : isWithoutReviewer(state, node)) continue;
    claiming.push(node);
  }
  return claiming;
}

/**
 * Whether a node is to be judged by reviewers that nobody sends: a shared budget that pays for them is
 * used up, or their provider serves nobody.
 */
function isWithoutReviewer(state: RunState, node: number): boolean {
  if (node < state.graph.modules && state.toVerify.has(node)) return false;
  const payers = payersOf(state, 'reviewers', node);
  // What its checks alone decide is paid by nobody, and asks no provider.
  if (payers.length === 0) return false;
  return awaitedProvider(state, 'reviewers') !== null || exhaustedAmong(state, payers) !== null;
}

/**
 * Of those who claim, the first beside whom `demandClass` would be too much; -1 where there is none.
 * Who claims something itself, as `node` may, gives way to those before it alone.
 */
export function claimedBy(
  state: RunState,
  demandClass: number,
  node: number,
  claiming: readonly number[] = claimants(state),
): number {
  for (const claimant of claiming) {
    if (claimant === node) return -1;
    if (!fitsBeside(state, demandClass, wantedBy(state, claimant))) return claimant;
  }
  return -1;
}

function fitsBeside(state: RunState, demandClass: number, claimed: number): boolean {
  const { capacities } = state.graph.demands;
  const claims = demandOf(state, claimed);
  return demandOf(state, demandClass).every(({ resource, amount }) => {
    const kept = claims.find((need) => need.resource === resource)?.amount ?? 0;
    return kept === 0 || (state.held[resource] ?? 0) + amount + kept <= (capacities[resource] ?? 0);
  });
}

/** Whether what a node demands is free and nobody before it claims it. */
export function mayTake(
  state: RunState,
  demandClass: number,
  node: number,
  claiming?: readonly number[],
): boolean {
  return isFree(state, demandClass) && claimedBy(state, demandClass, node, claiming) === -1;
}

/** The module that is to begin next; -1 where resources hold all that are queued. */
export function nextIn(state: RunState, queue: DemandQueue): number {
  const { byRank, rank } = state.graph;
  const claiming = claimants(state);
  for (const node of claiming) {
    if (!queue.has(rank[node] ?? -1)) continue;
    if (mayTake(state, wantedBy(state, node), node, claiming)) return node;
  }
  const first = queue.firstOf((demandClass) => mayTake(state, demandClass, -1, claiming));
  return first === -1 ? -1 : (byRank[first] ?? -1);
}
