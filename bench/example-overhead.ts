import type { RunEvent } from '../src/core/events.ts';

/** What the engine itself took of a run, read off its events. */
export interface Overhead {
  readonly modules: number;
  /** From `run-started` to the postmortem. */
  readonly runMs: number;
  /** A module's share of the time in which neither an agent nor a check was at work. */
  readonly withoutAgentsMs: number;
  /**
   * The same with only checks taken out. An agent's time, from its start to what it hands in, also
   * holds the engine's filling and reading of its folder; where agents take no time, this is the
   * upper bound.
   */
  readonly withAgentsMs: number;
}

type Span = readonly [from: number, to: number];

export function overheadOf(events: readonly RunEvent[]): Overhead {
  const from = events[0]?.at ?? 0;
  const to = events.at(-1)?.at ?? 0;
  const modules = new Set(
    events.flatMap((each) => (each.type === 'module-sealed' ? each.module : [])),
  ).size;
  const checks = checkSpans(events);
  const free = (spans: readonly Span[]): number =>
    (to - from - covered(spans, from, to)) / Math.max(1, modules);
  return {
    modules,
    runMs: to - from,
    withoutAgentsMs: free([...checks, ...agentSpans(events)]),
    withAgentsMs: free(checks),
  };
}

/** Prerequisites, test lists, and every check that was not answered from the cache. */
function checkSpans(events: readonly RunEvent[]): Span[] {
  return [
    ...events.flatMap((event): Span[] => {
      if (event.type !== 'check-finished' || event.result.cached) return [];
      return [[event.at - event.result.durationMs, event.at]];
    }),
    ...spans(events, ['run-started'], ['go-given'], () => ''),
    ...spans(events, ['verification-started'], ['contract-written', 'contract-refused'], moduleOf),
  ];
}

/** Builders and planners; a reviewer's time lies between its gate's checks and the verdict. */
function agentSpans(events: readonly RunEvent[]): Span[] {
  return [
    ...spans(events, ['generation-started'], ['submission-received', 'generation-ended'], moduleOf),
    ...spans(events, ['amendment-started'], ['contract-amended', 'amendment-failed'], moduleOf),
  ];
}

const moduleOf = (event: RunEvent): string =>
  'module' in event && event.module !== null ? event.module : '';

function spans(
  events: readonly RunEvent[],
  starts: readonly RunEvent['type'][],
  ends: readonly RunEvent['type'][],
  keyOf: (event: RunEvent) => string,
): Span[] {
  const open = new Map<string, number>();
  const found: Span[] = [];
  for (const event of events) {
    const key = keyOf(event);
    const since = open.get(key);
    if (starts.includes(event.type)) open.set(key, event.at);
    else if (ends.includes(event.type) && since !== undefined) {
      found.push([since, event.at]);
      open.delete(key);
    }
  }
  return found;
}

/** Milliseconds between `from` and `to` that at least one span covers. */
function covered(all: readonly Span[], from: number, to: number): number {
  let reached = from;
  let ms = 0;
  for (const [start, end] of all.toSorted((a, b) => a[0] - b[0])) {
    const stop = Math.min(end, to);
    if (stop <= reached) continue;
    ms += stop - Math.max(start, reached);
    reached = stop;
  }
  return ms;
}
