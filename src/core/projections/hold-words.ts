import { refOf } from '../graph.ts';
import { resourceHold } from '../resource-hold.ts';
import { exhaustedAmong } from '../accounts.ts';
import { builderHold, runHold, type Hold } from '../hold.ts';
import { t } from '../language.ts';
import { payersOf } from '../payers.ts';
import { awaitedProvider } from '../provider-trouble.ts';
import type { PoolKind } from '../plan/plan.ts';
import { poolScopes, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import { nodeName } from './node-words.ts';
import { providerWords } from './provider-words.ts';
import { budgetWords } from './scope-words.ts';
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
  const what = listed(resources);
  return keptFor === null
    ? t('waits for {0}, held by {1}', what, listed(holders.map(nameOf)))
    : t('waits for {0}, kept for {1}, which has waited longer', what, nameOf(keptFor));
}

/** Why work of a pool that has all else does not start. */
export function poolWords(
  state: RunState,
  pool: PoolKind,
  scopes: readonly SharedScope[] = poolScopes(pool),
): string {
  const hold = poolHold(state, pool, scopes);
  if (hold !== 'no-free-place') return holdWords(state, pool, hold, scopes);
  return t(
    '{0} ({1} of {2} at work)',
    noneFree(pool),
    state.atWork[pool],
    state.plan.pools[pool].max,
  );
}

/** `no free builder` */
export function noneFree(pool: PoolKind): string {
  switch (pool) {
    case 'planners':
      return t('no free planner');
    case 'builders':
      return t('no free builder');
    case 'reviewers':
      return t('no free reviewer');
  }
}

export function holdWords(
  state: RunState,
  pool: PoolKind,
  hold: Hold,
  scopes: readonly SharedScope[] = ['run'],
): string {
  switch (hold) {
    case 'paused':
      return t('the run is paused');
    case 'review-pressure':
      return t(
        'reviewers are behind ({0} wait for {1})',
        state.toEvaluate.size,
        state.plan.pools.reviewers.max,
      );
    case 'resource':
      return t('what it needs is held by others');
    case 'budget': {
      const used = exhaustedAmong(state, scopes);
      if (used === null) return t('others have reserved the budget');
      return t('{0} is used up', budgetWords(used.scope));
    }
    case 'provider': {
      const awaited = awaitedProvider(state, pool);
      return awaited === null ? t('agents are waited for') : providerWords(awaited);
    }
    case 'cancelling':
      return t('the run is being cancelled');
    case 'checking':
      return t('prerequisites are being checked');
    case 'lacking':
      return t('prerequisites are missing');
    case 'over':
      return t('the run is over');
  }
}
