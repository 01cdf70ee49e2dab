import type { RunState } from './state.ts';

/**
 * Why ready work stands beside a free place (law 9). Holds of one module alone have a life of
 * their own (`resting`); these hold a whole pool.
 */
export type Hold = 'paused' | 'review-pressure' | 'budget' | 'cancelling' | 'checking' | 'over';

/** What keeps every pool from starting work; null where work may start. */
export function runHold(state: RunState): Hold | null {
  switch (state.phase.at) {
    case 'checking':
      return 'checking';
    case 'cancelling':
      return 'cancelling';
    case 'finished':
      return 'over';
    case 'building':
    case 'delivering':
    case 'undelivered':
      if (state.pausedAt !== null) return 'paused';
      return state.exhausted ? 'budget' : null;
  }
}

/** What keeps ready modules from free builders. Submissions that outnumber the reviewers do. */
export function builderHold(state: RunState): Hold | null {
  const hold = runHold(state);
  if (hold !== null) return hold;
  return state.toEvaluate.size > state.plan.pools.reviewers.max ? 'review-pressure' : null;
}
