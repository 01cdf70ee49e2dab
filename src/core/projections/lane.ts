import { grouped } from '../collections/grouped.ts';
import { kindOf, modulePlan, refOf, sealedWith } from '../graph.ts';
import type { NodeRef } from '../ids.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import type { Chronicle } from './chronicle.ts';
import { age, runTime } from './figures.ts';
import { heldWords } from './hold-words.ts';
import { nodeName } from './node-words.ts';
import { runElapsedMs, type Span, type Timeline } from './timeline.ts';
import { duration, listed, upperFirst } from './words.ts';
import type { VerdictRow } from './verdict-rows.ts';

/** What a stretch of a lane shows. */
export type StretchKind =
  'working' | 'review' | 'waiting' | 'idle' | 'you' | 'sealed' | 'abandoned';

/** A stretch of time on the lane of a module, tier or gate, as it is drawn and read aloud. */
export interface Stretch {
  readonly kind: StretchKind;
  /** On the run's own clock. */
  readonly fromMs: number;
  readonly toMs: number;
  /** It goes on. */
  readonly lasts: boolean;
  /** What stands on it; '' where its look says it all. */
  readonly label: string;
  /** In full. */
  readonly says: string;
}

/** When something was at what. */
export type PlainStretch = Omit<Stretch, 'label' | 'says'>;

/** Something that happened on a lane at one moment. */
export interface LaneMark {
  readonly kind: 'pass' | 'fail' | 'revise' | 'amend';
  /** On the run's own clock. */
  readonly atMs: number;
  readonly says: string;
}

/** What a module, tier or gate was at until `at`, UTC milliseconds. */
export function stretchesOf(chronicle: Chronicle, node: number, at: number): Stretch[] {
  const { state, timeline } = chronicle;
  const nowMs = runElapsedMs(state, at);
  const lane = timeline.lanes.get(node);
  return lane.map((span, index) => {
    const { fromMs, ms, to } = span;
    const toMs = to === null ? Math.max(fromMs, nowMs) : fromMs + ms;
    const look = lookOf(chronicle, node, span, lane.slice(0, index), toMs - fromMs);
    return { ...look, fromMs, toMs, lasts: to === null };
  });
}

/** The same without words, for those that are shown together. */
export function plainStretchesOf(
  { state, timeline }: Chronicle,
  node: number,
  at: number,
): PlainStretch[] {
  const nowMs = runElapsedMs(state, at);
  return timeline.lanes.get(node).map(({ doing, fromMs, ms, to }) => {
    const toMs = to === null ? Math.max(fromMs, nowMs) : fromMs + ms;
    return { kind: kindOfDoing[doing], fromMs, toMs, lasts: to === null };
  });
}

const kindOfDoing: Readonly<Record<Span['doing'], StretchKind>> = {
  building: 'working',
  contract: 'working',
  judging: 'review',
  'handed-in': 'waiting',
  waiting: 'waiting',
  ready: 'idle',
  resting: 'idle',
  person: 'you',
  done: 'sealed',
};

/** `4:10–7:00, 2 min 50 s`. */
export const stretchTimes = ({ fromMs, toMs, lasts }: Omit<Stretch, 'kind'>): string =>
  `${runTime(fromMs)}–${lasts ? t('now') : runTime(toMs)}, ${duration(toMs - fromMs)}`;

/** Verdicts and new versions of the contract, oldest first. A PASS that sealed is told by its seal. */
export function marksOf(chronicle: Chronicle, node: number): LaneMark[] {
  const { state, timeline, history } = chronicle;
  const lane = timeline.lanes.get(node);
  const marks: LaneMark[] = [];
  for (const { runMs, verdict, says } of verdictsOf(history.verdicts, refOf(state.graph, node))) {
    const seals = lane.some(({ doing, fromMs }) => doing === 'done' && fromMs === runMs);
    if (verdict === 'PASS' && seals) continue;
    const kind = { PASS: 'pass', FAIL: 'fail', NEEDS_REVISION: 'revise' } as const;
    marks.push({ kind: kind[verdict], atMs: runMs, says: `${verdict}: ${says}` });
  }
  if (kindOf(state.graph, node) === 'module') {
    for (const { version, at, reason } of state.modules.get(node).contract.history) {
      if (version < 2) continue;
      const named = t('Contract v{0}', version);
      const says = reason === '' ? named : `${named}: ${reason}`;
      marks.push({ kind: 'amend', atMs: laneMs(lane, at), says });
    }
  }
  return marks.sort((a, b) => a.atMs - b.atMs);
}

/** A moment in UTC milliseconds on the run's own clock, by what a lane was at then. */
export function laneMs(lane: readonly Span[], at: number): number {
  const span = lane.findLast(({ from }) => from <= at);
  if (span === undefined) return lane[0]?.fromMs ?? 0;
  const sinceMs = at - span.from;
  return span.fromMs + (span.to === null ? sinceMs : Math.min(sinceMs, span.ms));
}

/** Those of needs that were not settled at a moment of the run's own clock. */
function openThen(
  { graph }: Pick<RunState, 'graph'>,
  lanes: Timeline['lanes'],
  needs: readonly number[],
  runMs: number,
): number[] {
  const isOpen = (node: number): boolean => {
    if (node >= graph.streamBase) return (graph.needs[node] ?? []).some(isOpen);
    return lanes.get(node).findLast(({ fromMs }) => fromMs <= runMs)?.doing !== 'done';
  };
  return needs.filter(isOpen);
}

type Look = Pick<Stretch, 'kind' | 'label' | 'says'>;

function lookOf(
  chronicle: Chronicle,
  node: number,
  span: Span,
  before: readonly Span[],
  ms: number,
): Look {
  const { state } = chronicle;
  const lasts = span.to === null;
  switch (span.doing) {
    case 'building':
      return workLook(chronicle, node, span);
    case 'contract':
      return { kind: 'working', label: t('contract'), says: t('Contract being written') };
    case 'judging':
      return kindOf(state.graph, node) === 'module'
        ? { kind: 'review', label: '', says: t('In review') }
        : { kind: 'review', label: '', says: t('Being judged') };
    case 'handed-in': {
      // What it is judged with was put in question meanwhile.
      const needs = state.graph.needs[node] ?? [];
      const open = openThen(state, chronicle.timeline.lanes, needs, lasts ? Infinity : span.fromMs);
      if (open.length > 0) {
        const label = t('judged after {0}', namesOf(state, open));
        return { kind: 'waiting', label, says: t('Handed in, {0}', label) };
      }
      const why = lasts ? heldWords(state, 'reviewers', node) : '';
      const says = why === '' ? t('Handed in, waits for a reviewer') : t('Handed in: {0}', why);
      return { kind: 'waiting', label: t('waits for a reviewer'), says };
    }
    case 'ready': {
      const why = lasts ? heldWords(state, poolFor(state, node), node) : '';
      const says =
        why === ''
          ? t('Ready, not begun: no place was free, or something was held')
          : t('Ready, not begun: {0}', why);
      return { kind: 'idle', label: '', says };
    }
    case 'resting':
      return { kind: 'idle', label: '', says: t('Rests: its provider asked for a pause') };
    case 'person': {
      const word = lasts ? t('waits for you') : t('waited for you');
      const label = `${word} · ${age(ms)}`;
      return { kind: 'you', label, says: upperFirst(label) };
    }
    case 'waiting':
      return waitLook(chronicle, node, span, before);
    case 'done':
      return doneLook(state, node, lasts);
  }
}

const poolFor = (state: RunState, node: number): 'planners' | 'builders' | 'reviewers' => {
  if (node >= state.graph.modules) return 'reviewers';
  return state.modules.get(node).life.at === 'amending' ? 'planners' : 'builders';
};

function workLook({ state, timeline }: Chronicle, node: number, span: Span): Look {
  const { graph, plan } = state;
  const version = versionAt(state, node, span.from);
  const stubs = openThen(state, timeline.lanes, graph.soft[node] ?? [], span.fromMs);
  const holds = modulePlan(plan, node).resources.map(({ resource }) => resource);
  const parts = [
    ...(version > 1 ? [`v${version}`] : []),
    ...(span.attempt > 1 ? [t('attempt {0}', span.attempt)] : []),
    ...(stubs.length === 0 ? [] : [t('on the {0} stub', namesOf(state, stubs))]),
    ...(holds.length === 0 ? [] : [t('holds {0}', listed(holds))]),
  ];
  return { kind: 'working', label: parts.join(' · '), says: [t('Working'), ...parts].join(', ') };
}

function versionAt(state: RunState, node: number, at: number): number {
  const { history, version } = state.modules.get(node).contract;
  if (history.length === 0) return version;
  return history.findLast((each) => each.at <= at)?.version ?? 1;
}

/** Before its work it waits for its needs; a seal, until it is judged again; a PASS, to be confirmed. */
function waitLook(
  { state, timeline, history }: Chronicle,
  node: number,
  { fromMs }: Span,
  earlier: readonly Span[],
): Look {
  const { graph } = state;
  const before = earlier.findLast(({ doing }) => doing !== 'waiting')?.doing;
  const needs = graph.needs[node] ?? [];
  const look = (label: string): Look => ({
    ...{ kind: 'waiting', label },
    says: upperFirst(label),
  });
  const open = (of: readonly number[]): string =>
    namesOf(state, openThen(state, timeline.lanes, of, fromMs));
  const either = [...new Set([...needs, ...(graph.soft[node] ?? [])])];
  if (before === 'done') {
    const names = open(either);
    return look(names === '' ? t('judged again') : t('judged again after {0}', names));
  }
  const rows = verdictsOf(history.verdicts, refOf(graph, node));
  const last = rows.findLast(({ runMs }) => runMs <= fromMs);
  if (before === 'judging' && last?.verdict === 'PASS') {
    const set = sealedWith(graph, node).filter((member) => member !== node);
    const names = open([...new Set([...either, ...set])]);
    if (names !== '') return look(t('passed, waits for {0}', names));
  }
  const names = open(needs);
  return look(names === '' ? t('waits for others') : t('waits for {0}', names));
}

function doneLook(state: RunState, node: number, lasts: boolean): Look {
  switch (kindOf(state.graph, node)) {
    case 'module':
      return lasts && state.modules.get(node).life.at === 'abandoned'
        ? { kind: 'abandoned', label: '', says: t('Abandoned') }
        : { kind: 'sealed', label: '', says: t('Sealed') };
    case 'tier':
      return { kind: 'sealed', label: '', says: t('Integrated') };
    case 'gate':
    case 'stream':
      return { kind: 'sealed', label: '', says: t('Passed') };
  }
}

const namesOf = ({ graph }: RunState, nodes: readonly number[]): string =>
  listed(nodes.map((node) => nodeName(refOf(graph, node))));

/** By gate; made once for each list of verdicts, which stays the same until there is a new one. */
const byGate = new WeakMap<readonly VerdictRow[], Map<NodeRef, VerdictRow[]>>();

function verdictsOf(rows: readonly VerdictRow[], ref: NodeRef): readonly VerdictRow[] {
  let known = byGate.get(rows);
  if (known === undefined) {
    known = grouped(rows, ({ gate }) => gate);
    byGate.set(rows, known);
  }
  return known.get(ref) ?? [];
}
