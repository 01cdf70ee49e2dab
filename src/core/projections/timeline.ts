import { elapsedMs } from '../allowance.ts';
import type { Amount } from '../budget.ts';
import { conflictOf } from '../conflict.ts';
import { Vector } from '../collections/vector.ts';
import type { RunEvent } from '../events.ts';
import type { ModuleSplit } from '../events/plan-change.ts';
import { evolve } from '../evolve.ts';
import type { ModuleId } from '../ids.ts';
import type { RunState } from '../state.ts';
import { beginCosts, followCosts, type Costs } from './costs.ts';
import { doingOf, isWork, type Doing } from './doing.ts';
import { isNodeSettled, nodeOfRef } from './node-words.ts';
import { renumbered } from './renumber.ts';
import { noPoolTimes, withPoolTimes, type PoolTimes } from './pool-times.ts';

/** A stretch of time in which a module, tier or gate was at one thing. */
export interface Span {
  readonly doing: Doing;
  readonly attempt: number;
  readonly epoch: number;
  /** UTC milliseconds. */
  readonly from: number;
  /** null while it lasts. */
  readonly to: number | null;
  /** When it began on the run's own clock, which stands still in pauses and without a driver. */
  readonly fromMs: number;
  /** How long it took on that clock; 0 while it lasts. */
  readonly ms: number;
}

/** What the state of a run does not keep: when everything was at what, and for how long. */
export interface Timeline {
  /** By node: modules, tiers, gates. */
  readonly lanes: Vector<readonly Span[]>;
  readonly pools: PoolTimes;
  /** Work that is over, of all agents and checks, on the run's own clock. */
  readonly workMs: number;
  /** On the run's own clock: how long nothing was at work because only a person could go on. */
  readonly awaitedMs: number;
  /** Where the result last was put; null before. */
  readonly delivered: Delivery | null;
  /** Results that came too late to count, the latest last; at most {@link mostLate}. */
  readonly late: readonly LateRow[];
  readonly lateCount: number;
}

/** What an agent or check still sent when nobody waited for it any more. */
export interface LateRow {
  readonly at: number;
  readonly module: ModuleId | null;
  readonly what: string;
  /** null where it is not known; nothing was added for it. */
  readonly spent: Amount | null;
}

/** A stuck agent may go on for hours: what is kept of it for people is bounded. */
const mostLate = 100;

export interface Delivery {
  readonly kind: 'branch' | 'folder';
  readonly name: string;
  readonly commit: string | null;
}

/** A run and what happened in it, folded from the same events. */
export interface Replayed {
  readonly state: RunState;
  readonly timeline: Timeline;
  /** What models cost. */
  readonly costs: Costs;
}

/** Folds one more event; costs as much as `evolve` does. */
export function replayEvent(before: Replayed | null, event: RunEvent): Replayed {
  const state = evolve(before?.state ?? null, event);
  if (before === null) return { state, timeline: begin(state), costs: beginCosts(state) };
  return {
    state,
    timeline: follow(before.timeline, before.state, event, state),
    costs: followCosts(before.costs, before.state, event, state),
  };
}

export function replay(events: readonly RunEvent[]): Replayed | null {
  let replayed: Replayed | null = null;
  for (const event of events) replayed = replayEvent(replayed, event);
  return replayed;
}

/**
 * Of a lane, how long agents and checks worked in what is over of it, on the run's own clock. Summed
 * once: lanes are never changed in place.
 */
export function workedMs(lane: readonly Span[]): number {
  const known = workedIn.get(lane);
  if (known !== undefined) return known;
  let ms = 0;
  for (const span of lane) if (isWork(span.doing)) ms += span.ms;
  workedIn.set(lane, ms);
  return ms;
}

const workedIn = new WeakMap<readonly Span[], number>();

/** Milliseconds of work until `at`, what is still going on included. */
export function workUntil({ state, timeline }: Replayed, at: number): number {
  let ms = timeline.workMs;
  for (const lane of timeline.lanes) {
    const last = lane.at(-1);
    if (last?.to === null && isWork(last.doing)) ms += runElapsedMs(state, at) - last.fromMs;
  }
  return ms;
}

/** The run's own clock at `at` without the times in which it waited for nothing but a person. */
export function activeUntil({ state, timeline }: Replayed, at: number): number {
  const elapsed = runElapsedMs(state, at);
  const waiting = awaitsPerson(state) ? elapsed - runElapsedMs(state, state.at) : 0;
  return Math.max(0, elapsed - timeline.awaitedMs - waiting);
}

const awaitsPerson = ({ inFlight, needPerson, phase }: RunState): boolean =>
  inFlight === 0 && needPerson > 0 && phase.at === 'building';

/** The run's own clock at `at`: pauses left out, and stopped once the run is finished. */
export function runElapsedMs(state: RunState, at: number): number {
  const { phase } = state;
  return Math.max(0, elapsedMs(state, phase.at === 'finished' ? phase.since : at));
}

function begin(state: RunState): Timeline {
  const lanes = state.graph.refs.slice(0, state.graph.streamBase).map((_, node) => {
    return [open(state, node, doingOf(state, node))];
  });
  return {
    lanes: Vector.from(lanes),
    pools: noPoolTimes,
    workMs: 0,
    awaitedMs: 0,
    delivered: null,
    late: [],
    lateCount: 0,
  };
}

function open(state: RunState, node: number, doing: Doing): Span {
  const { attempt, epoch } =
    node < state.graph.modules ? state.modules.get(node) : { attempt: 0, epoch: 0 };
  const fromMs = elapsedMs(state, state.at);
  return { doing, attempt, epoch, from: state.at, to: null, fromMs, ms: 0 };
}

/** The module's own time is over; its parts begin, and what changed by that is at something else. */
function split(
  timeline: Timeline,
  before: RunState,
  event: ModuleSplit,
  after: RunState,
): Timeline {
  const old = before.graph.moduleIndex.get(event.module);
  const last = old === undefined ? undefined : timeline.lanes.get(old).at(-1);
  const worked = last !== undefined && isWork(last.doing);
  const ms = worked ? elapsedMs(after, after.at) - last.fromMs : 0;
  const fresh = (node: number): Span[] => [open(after, node, doingOf(after, node))];
  const lanes = renumbered<readonly Span[]>(timeline.lanes, before, after, fresh);
  return { ...timeline, lanes, workMs: timeline.workMs + ms };
}

function follow(timeline: Timeline, before: RunState, event: RunEvent, after: RunState): Timeline {
  let { lanes, workMs, awaitedMs, delivered } = timeline;
  if (awaitsPerson(before)) {
    awaitedMs += Math.max(0, elapsedMs(after, after.at) - elapsedMs(before, before.at));
  }
  if (event.type === 'module-split') {
    ({ lanes, workMs } = split(timeline, before, event, after));
  }
  for (const node of touched(before, event, after)) {
    const doing = doingOf(after, node);
    const lane = lanes.get(node);
    const last = lane.at(-1);
    if (last === undefined || last.doing === doing) continue;
    const ended: Span = { ...last, to: after.at, ms: elapsedMs(after, after.at) - last.fromMs };
    if (isWork(ended.doing)) workMs += ended.ms;
    // What took no time at all is only on the way from one thing to the next.
    const kept = isWork(ended.doing) || ended.to !== ended.from ? [ended] : [];
    lanes = lanes.set(node, [...lane.slice(0, -1), ...kept, open(after, node, doing)]);
  }
  if (event.type === 'delivered') {
    const { kind, name, commit } = event;
    delivered = { kind, name, commit };
  }
  let { late, lateCount } = timeline;
  if (event.type === 'late-result-rejected') {
    const { at, module, what, spent } = event;
    late = [...late.slice(1 - mostLate), { at, module, what, spent: spent ?? null }];
    lateCount++;
  }
  const pools = withPoolTimes(timeline.pools, before, event);
  return { lanes, pools, workMs, awaitedMs, delivered, late, lateCount };
}

/** The node that an event is about, and whatever became ready or stale by it. */
function touched(before: RunState, event: RunEvent, after: RunState): Iterable<number> {
  const seen = new Set<number>();
  const own = nodeOfEvent(after, event);
  if (own === null) return seen;
  seen.add(own);
  for (const node of seen) {
    if (isNodeSettled(before, node) === isNodeSettled(after, node)) continue;
    for (const dependent of after.graph.dependents[node] ?? []) seen.add(dependent);
  }
  return [...seen].filter((node) => node < after.graph.streamBase);
}

/** The module, tier or gate that an event is about. */
export function nodeOfEvent(state: RunState, event: RunEvent): number | null {
  const { graph } = state;
  if ('module' in event) {
    return event.module === null ? null : (graph.moduleIndex.get(event.module) ?? null);
  }
  if ('tier' in event) return graph.tierIndex.get(event.tier) ?? null;
  if ('gate' in event) return nodeOfRef(graph, event.gate);
  if (event.type !== 'conflict-resolved') return null;
  const [party] = conflictOf(state, event.conflict).parties;
  return party === undefined ? null : nodeOfRef(graph, party);
}
