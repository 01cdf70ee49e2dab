import type { RunEvent } from '../events.ts';
import { runHold, type Hold } from '../hold.ts';
import { scarceResources } from '../resource-hold.ts';
import { poolKinds, type PoolKind } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import { poolHold } from './hold-words.ts';
import { queued, startable, waitingPayers } from './pool-queue.ts';
import { standsUnheld } from './unheld.ts';

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
  /** By resource: how long it kept ready work waiting, beside a free place or not. */
  readonly scarceMs: Readonly<Record<string, number>>;
  /** How long something ready stood beside a free place without a hold that has a name (law 9). */
  readonly unheldMs: number;
}

const nothing: PoolTime = { workMs: 0, idleMs: {} };

export const noPoolTimes: PoolTimes = {
  planners: nothing,
  builders: nothing,
  reviewers: nothing,
  heldMs: {},
  scarceMs: {},
  unheldMs: 0,
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
  return {
    ...pools,
    heldMs: held.size === 0 ? times.heldMs : heldMs,
    scarceMs: scarceTimes(times.scarceMs, before, ms),
    unheldMs: times.unheldMs + (poolKinds.some((pool) => standsUnheld(before, pool)) ? ms : 0),
  };
}

function scarceTimes(
  times: PoolTimes['scarceMs'],
  state: RunState,
  ms: number,
): PoolTimes['scarceMs'] {
  const scarce = runHold(state) === null ? scarceResources(state) : [];
  if (scarce.length === 0) return times;
  const added = scarce.map((resource) => [resource, (times[resource] ?? 0) + ms]);
  return { ...times, ...(Object.fromEntries(added) as Record<string, number>) };
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
  const hold = poolHold(state, pool, waitingPayers(state, pool));
  let left = free;
  const keep = (reason: Hold, waiting: number): void => {
    const kept = Math.min(left, waiting);
    if (kept <= 0) return;
    held.add(reason);
    add(reason, kept);
    left -= kept;
  };
  if (hold !== 'no-free-place') {
    const waiting = queued(state, pool);
    const may = hold === 'budget' ? startable(state, pool) : waiting;
    keep(hold, may);
    keep('resource', waiting - may);
  }
  add('nothing-ready', left);
  return { workMs: time.workMs + atWork * ms, idleMs };
}
