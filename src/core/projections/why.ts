import { kindOf, modulesBelow, refOf } from '../graph.ts';
import { isName, type NodeRef } from '../ids.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import { blockersOf } from './blockers.ts';
import { doingOf } from './doing.ts';
import { estimateEnd, modulesDoneIn, type Eta } from './eta.ts';
import { gateStatus, isEnding } from './gate-status.ts';
import { poolHold } from './hold-words.ts';
import { moduleStatus } from './module-status.ts';
import { needsYou, type NeedsYou } from './needs-you.ts';
import { isNodeSettled, nodeName } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import type { Replayed } from './timeline.ts';
import { listed } from './words.ts';

/** Why something stands where it stands; `waiting` alone has others below it that hold it up. */
export type WhyKind = 'settled' | 'waiting' | 'held' | 'at-work' | 'person' | 'over';

/** One node on the way from what was asked about down to what is at work or to be decided. */
export interface WhyStep {
  /** 0 for what was asked about; each is held up by those after it that lie one deeper. */
  readonly depth: number;
  readonly ref: NodeRef;
  readonly name: string;
  readonly kind: WhyKind;
  /** Its state in words, with what holds it. */
  readonly text: string;
  /** What its agent says, or why it needs a person; '' where there is nothing to add. */
  readonly detail: string;
  /** What holds it up, by name. */
  readonly waitsFor: readonly string[];
  /** When it is done at the earliest, were places free; null where nobody can know. */
  readonly doneInMs: number | null;
  /** What a person is to do about it. */
  readonly person: NeedsYou | null;
}

/** Why a module, tier or gate waits: read off the state of its run, and nothing else. */
export interface Why {
  readonly ref: NodeRef;
  readonly name: string;
  /** What was asked about first; what was told once is not told again further down. */
  readonly steps: readonly WhyStep[];
  /** How many nodes more hold it up than are told. */
  readonly untold: number;
  /** What holds up the whole run, and what a person can do about that. */
  readonly ofRun: readonly NeedsYou[];
  /** Nobody drives the run, so that nothing moves. */
  readonly undriven: boolean;
  /** Of the run. */
  readonly eta: Eta;
}

export type WhyAnswer =
  { readonly ok: true; readonly why: Why } | { readonly ok: false; readonly message: string };

export interface WhyQuestion {
  /** `lexer`, `tier core`, `gate:ship`; a bare name is a module's, else a tier's, else a gate's. */
  readonly asked: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly driven: boolean;
}

/** As many as a person reads. */
const mostSteps = 30;

export function whyOf(replayed: Replayed, { asked, at, driven }: WhyQuestion): WhyAnswer {
  const { state } = replayed;
  const node = nodeNamed(state, asked);
  if (node === null) {
    const known = listed(state.graph.refs.slice(0, state.graph.streamBase).map(nodeName), 12);
    const name = oneLine(asked, 80);
    return {
      ok: false,
      message: t('run {0} has no module, tier or gate {1}; it has {2}', state.run, name, known),
    };
  }
  const ref = refOf(state.graph, node);
  const needs = needsYou(state);
  const told = stepsFrom(replayed, node, needs, at);
  const open = told.steps[0]?.kind !== 'settled' && told.steps[0]?.kind !== 'over';
  return {
    ok: true,
    why: {
      ...{ ref, name: nodeName(ref), ...told },
      ofRun: open ? needs.filter((need) => nodeOfNeed(need) === null) : [],
      undriven: open && !driven,
      eta: estimateEnd(replayed, at),
    },
  };
}

/** The number of the module, tier or gate that people mean by a name; null where there is none. */
export function nodeNamed({ graph }: RunState, asked: string): number | null {
  const [, kind, name = ''] = /^(?:(module|tier|gate)[ :])?(.*)$/s.exec(asked.trim()) ?? [];
  if (!isName(name)) return null;
  const of = { module: graph.moduleIndex, tier: graph.tierIndex, gate: graph.gateIndex };
  const kinds =
    kind === undefined ? (['module', 'tier', 'gate'] as const) : [kind as keyof typeof of];
  for (const each of kinds) {
    const index: ReadonlyMap<string, number> = of[each];
    const found = index.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

function stepsFrom(
  replayed: Replayed,
  asked: number,
  needs: readonly NeedsYou[],
  at: number,
): Pick<Why, 'steps' | 'untold'> {
  const { state } = replayed;
  const done = modulesDoneIn(replayed, at);
  const known = new Map<number, number>();
  const doneIn = (node: number): number | null => {
    if (done === null || isNodeSettled(state, node)) return null;
    if (node < state.graph.modules) return done[node] ?? null;
    const before =
      known.get(node) ??
      Math.max(0, ...modulesBelow(state.graph, node).map((below) => done[below] ?? 0));
    known.set(node, before);
    return before;
  };
  const steps: WhyStep[] = [];
  const seen = new Set<number>();
  let untold = 0;
  // What takes longest comes first: it is what decides when this goes on.
  const longestFirst = (nodes: readonly number[]): number[] =>
    [...nodes].sort((a, b) => (doneIn(b) ?? 0) - (doneIn(a) ?? 0) || a - b);
  // With a list of its own instead of the stack: plans can be as deep as they are long.
  const open: { node: number; depth: number }[] = [{ node: asked, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (seen.has(node)) continue;
    seen.add(node);
    const below = isEnding(state) ? [] : longestFirst(blockersOf(state, node));
    if (steps.length < mostSteps) steps.push(step(state, node, depth, below, needs, doneIn(node)));
    else untold++;
    for (const blocker of below.reverse()) open.push({ node: blocker, depth: depth + 1 });
  }
  return { steps, untold };
}

function step(
  state: RunState,
  node: number,
  depth: number,
  below: readonly number[],
  needs: readonly NeedsYou[],
  doneInMs: number | null,
): WhyStep {
  const { graph } = state;
  const ref = refOf(graph, node);
  const person = needs.find((need) => nodeOfNeed(need) === ref) ?? null;
  const waitsFor = below.map((each) => nodeName(refOf(graph, each)));
  const kind = whyKind(state, node, below.length > 0);
  const { text, detail } = said(state, node, waitsFor);
  const places = kind === 'held' ? placeHolders(state, node) : '';
  return {
    ...{ depth, ref, name: nodeName(ref), kind, text: `${text}${places}` },
    detail: person === null ? detail : oneLine(person.detail, 300),
    ...{ waitsFor, doneInMs, person },
  };
}

function said(
  state: RunState,
  node: number,
  waitsFor: readonly string[],
): { readonly text: string; readonly detail: string } {
  switch (kindOf(state.graph, node)) {
    case 'module': {
      const { kind, text, percent, detail } = moduleStatus(state, node);
      const far = kind === 'building' && percent !== null ? ` · ${percent} %` : '';
      return { text: `${text}${far}`, detail };
    }
    case 'tier':
    case 'gate':
      return { text: gateStatus(state, node).text, detail: '' };
    case 'stream':
      if (waitsFor.length === 0) return { text: t('Sealed'), detail: '' };
      return { text: t('Waiting for {0}', listed(waitsFor)), detail: '' };
  }
}

function whyKind(state: RunState, node: number, isBlocked: boolean): WhyKind {
  if (isNodeSettled(state, node)) return 'settled';
  if (isEnding(state)) return 'over';
  if (isBlocked) return 'waiting';
  switch (doingOf(state, node)) {
    case 'building':
    case 'judging':
    case 'contract':
      return 'at-work';
    case 'person':
      return 'person';
    case 'done':
      return 'over';
    case 'waiting':
    case 'ready':
    case 'resting':
    case 'handed-in':
      return 'held';
  }
}

/** ` by lexer and vm`, where a node waits for nothing but a place of a pool; '' else. */
function placeHolders(state: RunState, node: number): string {
  const doing = doingOf(state, node);
  if (doing !== 'ready' && doing !== 'handed-in') return '';
  const builds = node < state.graph.modules && state.modules.get(node).life.at === 'ready';
  const life = node < state.graph.modules ? state.modules.get(node).life.at : 'ready';
  // Planners' work is not told apart well enough by a node's state to say whose it is.
  if (life !== 'ready' && life !== 'submitted') return '';
  if (poolHold(state, builds ? 'builders' : 'reviewers') !== 'no-free-place') return '';
  const busy: string[] = [];
  for (let each = 0; each < state.graph.streamBase; each++) {
    if (doingOf(state, each) === (builds ? 'building' : 'judging')) {
      busy.push(nodeName(refOf(state.graph, each)));
    }
  }
  return busy.length === 0 ? '' : `: ${listed(busy, 6)}`;
}

/** The node that something which needs a person is about; null where it is the whole run. */
function nodeOfNeed(need: NeedsYou): string | null {
  switch (need.kind) {
    case 'approval':
    case 'refused':
      return `gate:${need.gate}`;
    case 'blocked':
      return need.gate;
    case 'escalated':
      return `module:${need.module}`;
    case 'prerequisites':
    case 'undelivered':
    case 'paused':
    case 'budget':
    case 'provider':
      return null;
  }
}
