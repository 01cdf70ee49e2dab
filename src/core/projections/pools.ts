import { plural, t } from '../language.ts';
import { poolKinds, type PoolKind } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import { holdWords, noneFree, poolHold, poolWords, type PoolHold } from './hold-words.ts';
import { queued, startable, waitingPayers } from './pool-queue.ts';

/** How full a pool is, and why its work does not start. */
export interface PoolStatus {
  readonly pool: PoolKind;
  /** How many may work at once. */
  readonly max: number;
  readonly atWork: number;
  /** What is ready for one of them and has not begun. */
  readonly waiting: number;
  /** What holds back what waits; null where nothing waits. */
  readonly hold: PoolHold | null;
  /** The hold in words; '' where nothing waits. */
  readonly says: string;
}

/** The three pools, in the order in which a module goes through them. */
export function poolStatuses(state: RunState): PoolStatus[] {
  return poolKinds.map((pool) => {
    const { max } = state.plan.pools[pool];
    const waiting = queued(state, pool);
    const of = { pool, max, atWork: state.atWork[pool], waiting };
    if (waiting === 0) return { ...of, hold: null, says: '' };
    const payers = waitingPayers(state, pool);
    const hold = poolHold(state, pool, payers);
    if (hold === 'budget' && state.exhausted.length === 0 && startable(state, pool) === 0) {
      return { ...of, hold: 'resource', says: holdWords(state, pool, 'resource') };
    }
    return { ...of, hold, says: poolWords(state, pool, payers) };
  });
}

/** `builders 4 of 4, 3 wait: no free builder`, with the reason only where something waits. */
export function poolLine({ pool, max, atWork, waiting, hold, says }: PoolStatus): string {
  const size = sizeWords(pool, atWork, max);
  if (waiting === 0) return size;
  // That all places are taken is said by the figures already.
  const why = hold === 'no-free-place' ? noneFree(pool) : says;
  return plural(waiting, '{1}, {0} waits: {2}', '{1}, {0} wait: {2}', size, why);
}

function sizeWords(pool: PoolKind, atWork: number, max: number): string {
  switch (pool) {
    case 'planners':
      return t('planners {0} of {1}', atWork, max);
    case 'builders':
      return t('builders {0} of {1}', atWork, max);
    case 'reviewers':
      return t('reviewers {0} of {1}', atWork, max);
  }
}
