import { zeroAmount } from '../../core/budget.ts';
import { moneyKnowledge } from '../../core/projections/money-known.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { runElapsedMs, type Replayed } from '../../core/projections/timeline.ts';
import type { DeskRun } from '../../protocol/board.ts';
import type { LiveRun } from './runs.ts';

/** A run in one line, at a moment; null for one that has not begun and may never. */
export function deskRun(
  { key, replayed, driver, problem }: Pick<LiveRun, 'key' | 'replayed' | 'driver' | 'problem'>,
  now: number,
): DeskRun | null {
  if (replayed !== null) return { key, ...lineOf(replayed, driver, now), driver, problem };
  if (problem === null) return null;
  const nothing = { outcome: null, reason: '', paused: false, elapsedMs: 0, sealed: 0, modules: 0 };
  const cost = { spent: zeroAmount, money: 'known' } as const;
  const startedAt = minuteOf(key.run);
  return { key, artifact: key.run, ...nothing, startedAt, ...cost, needs: 0, driver, problem };
}

function lineOf(
  replayed: Replayed,
  driver: LiveRun['driver'],
  now: number,
): Omit<DeskRun, 'key' | 'driver' | 'problem'> {
  const { state } = replayed;
  const { phase } = state;
  // Where nobody drives it, the run's own clock stands still; a driver's may be a little ahead.
  const at = driver === 'nobody' ? state.at : Math.max(now, state.at);
  return {
    artifact: state.plan.artifact.name,
    outcome: phase.at === 'finished' ? phase.outcome : null,
    reason: phase.at === 'finished' ? phase.reason : '',
    paused: state.pausedAt !== null,
    startedAt: state.startedAt,
    elapsedMs: runElapsedMs(state, at),
    sealed: state.sealed,
    modules: state.modules.length,
    spent: state.spent,
    money: moneyKnowledge(replayed),
    needs: needsYou(state).length,
  };
}

/** `yyyymmdd-hhmm-…`, as UTC milliseconds. */
function minuteOf(run: string): number {
  const [, year = '', month = '', day = '', hour = '', minute = ''] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/.exec(run) ?? [];
  const at = Date.UTC(+year, +month - 1, +day, +hour, +minute);
  return Number.isFinite(at) ? at : 0;
}
