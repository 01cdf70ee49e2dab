import { builderHold, runHold, type Hold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { RunState } from '../state.ts';

/** What keeps a pool's waiting work from its free places; null where every place is taken. */
export function poolHold(state: RunState, pool: PoolKind): Hold | null {
  const free = state.plan.pools[pool].max - state.atWork[pool];
  const hold = pool === 'builders' ? builderHold(state) : runHold(state);
  if (hold !== null) return hold;
  // Work that may start and has a place waits for nothing but the budget others have reserved.
  return free > 0 ? 'budget' : null;
}

/** Why something that is ready does not start, as it stands beside it. */
export function heldWords(state: RunState, pool: PoolKind): string {
  const hold = poolHold(state, pool);
  if (hold !== null) return holdWords(state, hold);
  const { max } = state.plan.pools[pool];
  return max === 1 ? `the one ${pool.slice(0, -1)} is at work` : `all ${max} ${pool} are at work`;
}

function holdWords(state: RunState, hold: Hold): string {
  switch (hold) {
    case 'paused':
      return 'the run is paused';
    case 'review-pressure':
      return 'reviewers are behind';
    case 'budget':
      return state.exhausted ? "the run's budget is used up" : 'others have reserved the budget';
    case 'cancelling':
      return 'the run is being cancelled';
    case 'checking':
      return 'prerequisites are being checked';
    case 'over':
      return 'the run is over';
  }
}
