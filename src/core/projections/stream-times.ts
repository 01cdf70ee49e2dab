import type { StreamId } from '../ids.ts';
import { t } from '../language.ts';
import type { Doing } from './doing.ts';
import { isWork } from './doing.ts';
import type { Span } from './timeline.ts';
import { runElapsedMs, type Replayed } from './timeline.ts';

/** What the modules of a stream were at while none of them was worked on, the most telling one. */
export type StreamIdle = Exclude<Doing, 'building' | 'judging' | 'contract' | 'done'>;

/** A stream's time on the run's own clock, until its last module was done. */
export interface StreamTime {
  readonly id: StreamId;
  /** At least one of its modules was worked on. */
  readonly busyMs: number;
  /** It had unfinished work, and nobody worked on it: by why. */
  readonly idleMs: Readonly<Partial<Record<StreamIdle, number>>>;
}

/** What stands nearest to going on comes first: it tells what the stream lacked. */
const telling: readonly StreamIdle[] = ['ready', 'handed-in', 'resting', 'person', 'waiting'];

/** In the order of the plan; looks at every span. */
export function streamTimes({ state, timeline }: Replayed, at: number): StreamTime[] {
  const now = runElapsedMs(state, at);
  const spans = new Map<StreamId, Span[]>(state.plan.streams.map(({ id }) => [id, []]));
  state.plan.modules.forEach(({ stream }, node) => {
    spans.get(stream)?.push(...timeline.lanes.get(node));
  });
  return state.plan.streams.map(({ id }) => ({ id, ...timeOf(spans.get(id) ?? [], now) }));
}

/** A sweep over the moments at which something of it began or ended. */
function timeOf(spans: readonly Span[], now: number): Omit<StreamTime, 'id'> {
  const changes = spans.flatMap(({ doing, fromMs, to, ms }) => [
    { at: fromMs, doing, by: 1 },
    { at: to === null ? now : fromMs + ms, doing, by: -1 },
  ]);
  changes.sort((a, b) => a.at - b.at);
  const open = new Map<Doing, number>();
  const idleMs: Partial<Record<StreamIdle, number>> = {};
  let [busyMs, since] = [0, 0];
  for (const { at, doing, by } of changes) {
    const ms = at - since;
    if (ms > 0) {
      const has = (each: Doing): boolean => (open.get(each) ?? 0) > 0;
      const idle = telling.find(has);
      if ([...open.keys()].some((each) => isWork(each) && has(each))) busyMs += ms;
      else if (idle !== undefined) idleMs[idle] = (idleMs[idle] ?? 0) + ms;
    }
    since = at;
    open.set(doing, (open.get(doing) ?? 0) + by);
  }
  return { busyMs, idleMs };
}

/** Why nobody worked on a stream, as people say it. */
export function streamIdleWords(why: StreamIdle): string {
  switch (why) {
    case 'ready':
      return t('no place was free, or something was held');
    case 'handed-in':
      return t('for a reviewer');
    case 'resting':
      return t('a provider asked for a pause');
    case 'person':
      return t('for a person');
    case 'waiting':
      return t('for what others build');
  }
}
