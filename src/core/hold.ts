import { isFree } from './held.ts';
import { exhaustedAmong } from './accounts.ts';
import { poolScopes } from './scopes.ts';
import { awaitedProvider } from './provider-trouble.ts';
import type { RunState } from './state.ts';

/**
 * Why ready work stands beside a free place (law 9). Holds of one module alone have a life of
 * their own (`resting`); these hold a whole pool, but for `resource`, which holds whoever demands
 * something that is not free.
 */
export type Hold =
  | 'paused'
  | 'review-pressure'
  | 'resource'
  | 'budget'
  | 'provider'
  | 'cancelling'
  | 'checking'
  | 'lacking'
  | 'over';

/** What keeps every pool from starting work; null where work may start. */
export function runHold(state: RunState): Hold | null {
  switch (state.phase.at) {
    case 'checking':
      return 'checking';
    case 'lacking':
      return 'lacking';
    case 'cancelling':
      return 'cancelling';
    case 'finished':
      return 'over';
    case 'building':
    case 'delivering':
    case 'undelivered':
      if (state.pausedAt !== null) return 'paused';
      return exhaustedAmong(state, ['run']) === null ? null : 'budget';
  }
}

/**
 * What keeps ready modules from free builders. Submissions that outnumber the reviewers do; those that
 * wait for a resource would wait however many reviewers there were, and do not count.
 */
export function builderHold(state: RunState): Hold | null {
  const hold = runHold(state);
  if (hold !== null) return hold;
  if (exhaustedAmong(state, poolScopes('builders')) !== null) return 'budget';
  if (awaitedProvider(state, 'builders') !== null) return 'provider';
  const { max } = state.plan.pools.reviewers;
  if (state.toEvaluate.size <= max) return null;
  const waiting = state.toEvaluate.countOf((demandClass) => isFree(state, demandClass));
  return waiting > max ? 'review-pressure' : null;
}
