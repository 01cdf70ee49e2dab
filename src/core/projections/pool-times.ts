import type { RunEvent } from '../events.ts';
import type { Hold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import { poolHold } from './hold-words.ts';

/** Why a place stood empty: a hold, or nothing that it could have done. */
export type IdleReason = Hold | 'nothing-ready';

/** Milliseconds of a pool's places, added up over its places. */
export interface PoolTime {
  readonly workMs: number;
  readonly idleMs: Readonly<Partial<Record<IdleReason, number>>>;
}

export interface PoolTimes {
  readonly planners: PoolTime;
  readonly builders: PoolTime;
  readonly reviewers: PoolTime;
  /** How long each hold kept ready work from a free place, however much of it. */
  readonly heldMs: Readonly<Partial<Record<Hold, number>>>;
}

const nothing: PoolTime = { workMs: 0, idleMs: {} };

export const noPoolTimes: PoolTimes = {
  planners: nothing,
  builders: nothing,
  reviewers: nothing,
  heldMs: {},
};

/** Adds the time up to `event`, in which everything was as in `before`. */
export function withPoolTimes(times: PoolTimes, before: RunState, event: RunEvent): PoolTimes {
  const ms = event.at - before.at;
  // Nobody was there before a driver came, and nobody is at work in a run that is finished.
  if (ms <= 0 || event.type === 'driver-started' || before.phase.at === 'finished') return times;
  const held = new Set<Hold>();
  const pools = {
    planners: withTime(times.planners, before, 'planners', ms, held),
    builders: withTime(times.builders, before, 'builders', ms, held),
    reviewers: withTime(times.reviewers, before, 'reviewers', ms, held),
  };
  const heldMs = { ...times.heldMs };
  for (const hold of held) heldMs[hold] = (heldMs[hold] ?? 0) + ms;
  return { ...pools, heldMs: held.size === 0 ? times.heldMs : heldMs };
}

function withTime(
  time: PoolTime,
  state: RunState,
  pool: PoolKind,
  ms: number,
  held: Set<Hold>,
): PoolTime {
  const atWork = state.atWork[pool];
  const free = Math.max(0, state.plan.pools[pool].max - atWork);
  const idleMs = { ...time.idleMs };
  const add = (reason: IdleReason, places: number): void => {
    if (places > 0) idleMs[reason] = (idleMs[reason] ?? 0) + places * ms;
  };
  const hold = poolHold(state, pool);
  const kept = hold === null ? 0 : Math.min(free, queued(state, pool));
  if (hold !== null && kept > 0) {
    held.add(hold);
    add(hold, kept);
  }
  add('nothing-ready', free - kept);
  return { workMs: time.workMs + atWork * ms, idleMs };
}

function queued(state: RunState, pool: PoolKind): number {
  switch (pool) {
    case 'planners':
      return state.toAmend.size;
    case 'builders':
      return state.toGenerate.size;
    case 'reviewers':
      return state.toEvaluate.size + state.toJudge.size;
  }
}
