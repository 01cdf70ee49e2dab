import type { StreamId } from '../ids.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import { doingOf, isWork } from './doing.ts';
import { modulesDoneIn } from './eta.ts';
import { heldWords } from './hold-words.ts';
import { isNodeSettled, waitsFor } from './node-words.ts';
import { streamIdleWords, streamTimes, type StreamIdle, type StreamTime } from './stream-times.ts';
import type { Replayed } from './timeline.ts';
import { duration, listed, roughly } from './words.ts';

/** What a stream is at, what it lacks, and when it will be done, at one moment. */
export interface StreamProgress {
  readonly id: StreamId;
  readonly title: string;
  readonly modules: number;
  readonly sealed: number;
  /** Modules that are worked on. */
  readonly now: readonly string[];
  /** What others must do first, by name. */
  readonly waitsFor: readonly string[];
  /** Why something of it that could go on does not; null where nothing is held. */
  readonly held: string | null;
  /** The most urgent module that nobody has begun; null where all are begun. */
  readonly next: string | null;
  /** Not before this long, by the estimates and the pace so far; null where that cannot be known. */
  readonly etaMs: number | null;
  readonly busyMs: number;
  readonly idleMs: StreamTime['idleMs'];
}

/** In the order of the plan; looks at every module. */
export function streamProgress(replayed: Replayed, at: number): StreamProgress[] {
  const { state } = replayed;
  const { plan } = state;
  const done = modulesDoneIn(replayed, at);
  const members = new Map<StreamId, number[]>(plan.streams.map(({ id }) => [id, []]));
  plan.modules.forEach(({ stream }, node) => members.get(stream)?.push(node));
  const times = new Map(streamTimes(replayed, at).map((each) => [each.id, each]));
  return plan.streams.map(({ id, title }) => {
    const nodes = members.get(id) ?? [];
    const open = nodes.filter((node) => !isNodeSettled(state, node));
    const { busyMs = 0, idleMs = {} } = times.get(id) ?? {};
    return {
      ...{ id, title, modules: nodes.length, sealed: nodes.length - open.length },
      now: names(
        state,
        open.filter((node) => isWork(doingOf(state, node))),
      ),
      waitsFor: othersFor(state, open, new Set(names(state, nodes))),
      held: heldFor(state, open),
      next: nextOf(state, open),
      etaMs:
        done === null || open.length === 0
          ? null
          : Math.max(...open.map((node) => done[node] ?? 0)),
      ...{ busyMs, idleMs },
    };
  });
}

const names = (state: RunState, nodes: readonly number[]): string[] =>
  nodes.map((node) => state.modules.get(node).id);

function othersFor(state: RunState, open: readonly number[], own: ReadonlySet<string>): string[] {
  const all = open.flatMap((node) =>
    doingOf(state, node) === 'waiting' ? waitsFor(state, node) : [],
  );
  return [...new Set(all)].filter((name) => !own.has(name));
}

function heldFor(state: RunState, open: readonly number[]): string | null {
  for (const node of open) {
    const doing = doingOf(state, node);
    if (doing === 'person') return t('a person is asked');
    if (doing === 'resting') return t('its provider asked for a pause');
    if (doing === 'handed-in') return heldWords(state, 'reviewers', node);
    if (doing === 'ready') {
      const pool = state.modules.get(node).life.at === 'amending' ? 'planners' : 'builders';
      return heldWords(state, pool, node);
    }
  }
  return null;
}

function nextOf(state: RunState, open: readonly number[]): string | null {
  const { rank } = state.graph;
  const waiting = open.filter((node) => {
    const { life, attempt } = state.modules.get(node);
    return attempt === 0 && (life.at === 'waiting' || life.at === 'ready');
  });
  const [first] = waiting.sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  return first === undefined ? null : state.modules.get(first).id;
}

/** In one line: `building lexer · next vm · waits for parser · about 6 min · idle 2 min …`. */
export function streamLine(stream: StreamProgress): string {
  const { now, waitsFor: others, held, next, etaMs, idleMs, modules, sealed } = stream;
  const idle = (Object.entries(idleMs) as [StreamIdle, number][]).sort(([, a], [, b]) => b - a);
  const [longest] = idle;
  const idleTotal = idle.reduce((sum, [, ms]) => sum + ms, 0);
  return [
    t('{0}/{1} sealed', sealed, modules),
    ...(now.length === 0 ? [] : [t('now {0}', listed(now))]),
    ...(others.length === 0 ? [] : [t('waits for {0}', listed(others))]),
    ...(held === null ? [] : [held]),
    ...(next === null ? [] : [t('next {0}', next)]),
    ...(etaMs === null ? [] : [t('at least {0}', roughly(etaMs))]),
    ...(longest === undefined || idleTotal < 1_000
      ? []
      : [t('idle {0}, most of it {1}', duration(idleTotal), streamIdleWords(longest[0]))]),
  ].join(' · ');
}
