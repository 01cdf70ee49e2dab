import { refOf } from '../graph.ts';
import { resourceHold } from '../resource-hold.ts';
import { exhaustedAmong } from '../accounts.ts';
import { builderHold, runHold, type Hold } from '../hold.ts';
import { payersOf } from '../payers.ts';
import { awaitedProvider } from '../provider-trouble.ts';
import type { PoolKind } from '../plan/plan.ts';
import { budgetName } from '../scope-name.ts';
import { poolScopes, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import { nodeName } from './node-words.ts';
import { providerWords } from './provider-words.ts';
import { listed } from './words.ts';

/** Why waiting work of a pool does not start: a hold of its free places, or that it has none. */
export type PoolHold = Hold | 'no-free-place';

/**
 * What keeps a pool's waiting work from a place. Work that demands a resource may be held by that
 * besides. `scopes`: what pays for it.
 */
export function poolHold(
  state: RunState,
  pool: PoolKind,
  scopes: readonly SharedScope[] = poolScopes(pool),
): PoolHold {
  const free = state.plan.pools[pool].max - state.atWork[pool];
  const hold = pool === 'builders' ? builderHold(state) : runHold(state);
  if (hold !== null) return hold;
  if (exhaustedAmong(state, scopes) !== null) return 'budget';
  // Whom nobody pays, no agent is asked for.
  if (scopes.length > 0 && awaitedProvider(state, pool) !== null) return 'provider';
  // Work that may start and has a place waits for nothing but the budget others have reserved.
  return free > 0 ? 'budget' : 'no-free-place';
}

/** Why a node that is ready does not start, as it stands beside it. */
export function heldWords(state: RunState, pool: PoolKind, node: number): string {
  return resourceWords(state, node) ?? poolWords(state, pool, payersOf(state, pool, node));
}

/** `waits for database, held by parser`; null where it waits for no resource, or nothing starts. */
export function resourceWords(state: RunState, node: number): string | null {
  const hold = runHold(state) === null ? resourceHold(state, node) : null;
  if (hold === null) return null;
  const nameOf = (each: number): string => nodeName(refOf(state.graph, each));
  const { resources, holders, keptFor } = hold;
  const by =
    keptFor === null
      ? `held by ${listed(holders.map(nameOf))}`
      : `kept for ${nameOf(keptFor)}, which has waited longer`;
  return `waits for ${listed(resources)}, ${by}`;
}

/** Why work of a pool that has all else does not start. */
export function poolWords(
  state: RunState,
  pool: PoolKind,
  scopes: readonly SharedScope[] = poolScopes(pool),
): string {
  const hold = poolHold(state, pool, scopes);
  if (hold !== 'no-free-place') return holdWords(state, pool, hold, scopes);
  return `no free ${pool.slice(0, -1)} (${state.atWork[pool]} of ${state.plan.pools[pool].max} at work)`;
}

export function holdWords(
  state: RunState,
  pool: PoolKind,
  hold: Hold,
  scopes: readonly SharedScope[] = ['run'],
): string {
  switch (hold) {
    case 'paused':
      return 'the run is paused';
    case 'review-pressure':
      return `reviewers are behind (${state.toEvaluate.size} wait for ${state.plan.pools.reviewers.max})`;
    case 'resource':
      return 'what it needs is held by others';
    case 'budget': {
      const used = exhaustedAmong(state, scopes);
      if (used === null) return 'others have reserved the budget';
      return `${budgetName(used.scope)} is used up`;
    }
    case 'provider': {
      const awaited = awaitedProvider(state, pool);
      return awaited === null ? 'agents are waited for' : providerWords(awaited);
    }
    case 'cancelling':
      return 'the run is being cancelled';
    case 'checking':
      return 'prerequisites are being checked';
    case 'lacking':
      return 'prerequisites are missing';
    case 'over':
      return 'the run is over';
  }
}
