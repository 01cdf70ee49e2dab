import { exhaustedAmong } from '../accounts.ts';
import { modulePlan } from '../graph.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import { leftMinutes } from './left-minutes.ts';
import { isNodeSettled } from './node-words.ts';
import { runElapsedMs, workedMs, type Replayed } from './timeline.ts';

/**
 * When a run will be done.
 *
 *     left(m)  = the estimate's minutes and review that m still needs (what its agent has done, by
 *                its own word or by the time it took, is taken off)
 *     path     = the longest chain of left(m) through modules that wait for each other
 *     work     = Σ left(m) ÷ builders
 *     pace     = measured ÷ estimated time of the modules sealed so far; 1 before the first
 *     from … to = max(path, work) × pace … (path + (Σ left(m) − path) ÷ builders) × pace
 *
 * The upper end is Graham's bound (1966) for whatever order work is taken up in. Tiers and gates
 * are not estimated. People take as long as they take: what waits for one has no upper end.
 */
export type Eta =
  | { readonly known: false; readonly why: string }
  | {
      readonly known: true;
      readonly fromMs: number;
      /** null: not before a person has acted. */
      readonly toMs: number | null;
      /** null: nothing is sealed yet, so it is by the estimates alone. */
      readonly pace: number | null;
    };

export function estimateEnd(replayed: Replayed, at: number): Eta {
  const { state } = replayed;
  const why = unknowable(state);
  if (why !== null) return { known: false, why };
  const pace = paceSoFar(replayed);
  const scale = (pace ?? 1) * 60_000;
  const left = state.plan.modules.map((_, node) => leftNow(replayed, node, at, pace ?? 1));
  const path = longestPath(state, left);
  const sum = left.reduce((total, minutes) => total + minutes, 0);
  const places = state.plan.pools.builders.max;
  return {
    known: true,
    fromMs: Math.max(path, sum / places) * scale,
    toMs: state.needPerson > 0 ? null : (path + (sum - path) / places) * scale,
    pace,
  };
}

/** By module: how long it is still until it is done, were places free; null where nobody can know. */
export function modulesDoneIn(replayed: Replayed, at: number): readonly number[] | null {
  return modulesExpected(replayed, at)?.map(({ endsMs }) => endsMs) ?? null;
}

/** What a module still needs, from now on, were places free. */
export interface Expected {
  readonly startsMs: number;
  readonly endsMs: number;
}

/** By module; null where nobody can know. */
export function modulesExpected(replayed: Replayed, at: number): readonly Expected[] | null {
  const { state } = replayed;
  if (unknowable(state) !== null) return null;
  const pace = paceSoFar(replayed) ?? 1;
  const { graph } = state;
  const expected = graph.order.map((): Expected => ({ startsMs: 0, endsMs: 0 }));
  for (const node of graph.order) {
    let startsMs = 0;
    for (const need of graph.needs[node] ?? []) {
      startsMs = Math.max(startsMs, expected[need]?.endsMs ?? 0);
    }
    const own = node < graph.modules ? leftNow(replayed, node, at, pace) * pace * 60_000 : 0;
    expected[node] = { startsMs, endsMs: startsMs + own };
  }
  return expected.slice(0, graph.modules);
}

function unknowable(state: RunState): string | null {
  switch (state.phase.at) {
    case 'finished':
      return t('the run is over');
    case 'cancelling':
      return t('the run is being cancelled');
    case 'lacking':
      return t('prerequisites are missing');
    case 'undelivered':
      return t('the result could not be delivered');
    case 'checking':
    case 'building':
    case 'delivering':
      if (state.pausedAt !== null) return t('the run is paused');
      if (exhaustedAmong(state, ['run']) !== null) return t("the run's budget is used up");
      return state.needPerson > 0 && state.inFlight === 0 ? t('it waits for a person') : null;
  }
}

/** How long what is sealed took, against its estimate; null where nothing was built and sealed. */
export function paceSoFar({ state, timeline }: Replayed): number | null {
  let [measuredMs, estimatedMs] = [0, 0];
  state.plan.modules.forEach(({ estimate }, node) => {
    const { seal } = state.modules.get(node);
    if (seal === null || seal.attempt === 0) return;
    measuredMs += workedMs(timeline.lanes.get(node));
    estimatedMs += (estimate.minutes + estimate.review) * 60_000;
  });
  return measuredMs > 0 && estimatedMs > 0 ? measuredMs / estimatedMs : null;
}

/** By the estimates, before they are scaled. */
function leftNow({ state, timeline }: Replayed, node: number, at: number, pace: number): number {
  const { life } = state.modules.get(node);
  if (life.at !== 'generating') return leftMinutes(state, node, 0);
  const span = timeline.lanes.get(node).at(-1);
  const sofarMs = runElapsedMs(state, at) - (span?.fromMs ?? 0);
  const byTime =
    sofarMs / Math.max(1, modulePlan(state.plan, node).estimate.minutes * 60_000 * pace);
  // A tenth stays to be done however long it took: nobody knows better.
  return leftMinutes(state, node, life.fraction ?? Math.min(0.9, byTime));
}

function longestPath(state: RunState, left: readonly number[]): number {
  const { order, dependents, modules } = state.graph;
  const paths = new Float64Array(order.length);
  let longest = 0;
  // From the end on: what follows a node is known when it is come to.
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place] ?? 0;
    let after = 0;
    for (const next of dependents[node] ?? []) after = Math.max(after, paths[next] ?? 0);
    const path = after + (left[node] ?? 0);
    paths[node] = path;
    if (node < modules && !isNodeSettled(state, node)) longest = Math.max(longest, path);
  }
  return longest;
}
