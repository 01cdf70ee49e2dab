import type { ModuleId } from '../../core/ids.ts';
import { parseNodeRef } from '../../core/ids.ts';
import { refOf } from '../../core/graph.ts';
import { bottleneck } from '../../core/projections/bottleneck.ts';
import { runTime, money } from '../../core/projections/figures.ts';
import { estimateEnd, type Eta } from '../../core/projections/eta.ts';
import { etaWords } from '../../core/projections/eta-words.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import {
  activeUntil,
  runElapsedMs,
  workUntil,
  type Replayed,
} from '../../core/projections/timeline.ts';
import { decimal, t } from '../../core/language.ts';
import { doingOf, isWork } from '../../core/projections/doing.ts';
import { duration } from '../../core/projections/words.ts';
import type { RunState } from '../../core/state.ts';

/** A figure of the header: what it says, and what belongs to it in smaller type. */
export interface Figure {
  readonly value: string;
  readonly beside: string;
  /** In full, for whoever points at it. */
  readonly title: string;
}

/** What holds modules up: how many wait for the one that holds up most, itself or through others. */
export interface Waiting {
  readonly count: number;
  readonly on: string;
  /** null where it is a tier or a gate that holds them up. */
  readonly module: ModuleId | null;
  /** How many wait for something else alone. */
  readonly others: number;
  readonly title: string;
}

/** One stone of the header's little course. */
export type CourseStone = 'set' | 'at-work' | 'open';

/** More stones than this are not told apart at this size: each then stands for several modules. */
const MAX_STONES = 16;

export function course(state: RunState): CourseStone[] {
  const all = state.modules.length;
  const working = atWork(state).modules;
  const stones = Math.min(all, MAX_STONES);
  const share = (count: number): number => Math.floor((count * stones) / Math.max(1, all));
  const set = share(state.sealed);
  const busy = Math.min(stones - set, Math.ceil((working * stones) / Math.max(1, all)));
  return Array.from({ length: stones }, (_, at) =>
    at < set ? 'set' : at < set + busy ? 'at-work' : 'open',
  );
}

/** How many modules, and how many tiers and gates, somebody or some check works on. */
export function atWork(state: RunState): { modules: number; gates: number } {
  let [modules, gates] = [0, 0];
  if (state.inFlight === 0) return { modules, gates };
  for (let node = 0; node < state.graph.streamBase; node++) {
    if (!isWork(doingOf(state, node))) continue;
    if (node < state.graph.modules) modules++;
    else gates++;
  }
  return { modules, gates };
}

/** null where no module waits for another. */
export function waiting(state: RunState): Waiting | null {
  const found = bottleneck(state);
  if (found === null) return null;
  const { node, held, all } = found;
  const ref = refOf(state.graph, node);
  const { kind, id } = parseNodeRef(ref);
  const name = nodeName(ref);
  return {
    count: held,
    on: name,
    module: kind === 'module' ? (id as ModuleId) : null,
    others: all - held,
    title: t(
      '{0} wait for others; {1} of them cannot go on before {2}, by a need or through others',
      all,
      held,
      name,
    ),
  };
}

/** Against the same work done one piece after the other. */
export function saved(chronicle: Replayed, at: number): Figure {
  const activeMs = activeUntil(chronicle, at);
  const workMs = workUntil(chronicle, at);
  const savedMs = workMs - activeMs;
  const title = t(
    '{0} of work in {1}, waiting for you left out',
    duration(workMs),
    duration(activeMs),
  );
  if (savedMs < 1_000) {
    const over = chronicle.state.phase.at === 'finished';
    return { value: over ? t('nothing') : t('nothing yet'), beside: '', title };
  }
  const factor = decimal(workMs / activeMs, 1);
  return { value: shortDuration(savedMs), beside: `${factor}×`, title };
}

/** Seconds matter only while there are no ten minutes. */
function shortDuration(ms: number): string {
  return ms < 600_000 ? duration(ms) : duration(Math.round(ms / 60_000) * 60_000);
}

export function elapsed(chronicle: Replayed, at: number): Figure {
  const { state } = chronicle;
  const value = runTime(runElapsedMs(state, at));
  if (state.phase.at === 'finished')
    return { value, beside: '', title: t('With waiting for you, without pauses') };
  const eta = estimateEnd(chronicle, at);
  return { value, beside: shortEta(eta), title: t('Left: {0}', etaWords(eta)) };
}

/** `6–9 min`, `from 6 min`, `under 1 min`; '' where nobody can know. */
export function shortEta(eta: Eta): string {
  if (!eta.known) return '';
  const from = Math.floor(eta.fromMs / 60_000);
  if (eta.toMs === null) return from === 0 ? '' : t('from {0} min', from);
  const to = Math.ceil(eta.toMs / 60_000);
  if (to <= 1) return t('under 1 min');
  return from === to ? `${to} min` : `${from}–${to} min`;
}

/** `$20` for a round limit. */
export const limitMoney = (microUsd: number): string => money(microUsd).replace(/\.00$/, '');
