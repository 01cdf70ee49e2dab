import { conflictOf } from '../conflict.ts';
import type { AmendmentSource } from '../events/contract.ts';
import type { EscalationReason } from '../events/module.ts';
import type { ModuleId, Order, StreamId } from '../ids.ts';
import { modulePlan } from '../graph.ts';
import type { RunState } from '../state.ts';
import type { ModuleState, Submission } from '../module-state.ts';
import { heldWords, poolWords, resourceWords } from './hold-words.ts';
import { confirmedBy, waitsFor } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import { counted, duration, listed, lowerFirst } from './words.ts';

/** What a module is at, for shape and colour; `text` is what people read. */
export type ModuleKind =
  | 'waiting'
  | 'ready'
  | 'building'
  | 'resting'
  | 'handed-in'
  | 'in-review'
  | 'to-confirm'
  /** its verdict or its tests are, and nobody has decided yet */
  | 'disputed'
  | 'sealed'
  | 'stale'
  | 'contract'
  | 'needs-you'
  | 'abandoned';

/** A module as the command line, the report and the board all show it. */
export interface ModuleStatus {
  readonly id: ModuleId;
  readonly stream: StreamId;
  readonly kind: ModuleKind;
  /** State in words, with what it waits for or is held by. */
  readonly text: string;
  /** 0 … 100; null where an agent at work does not tell. */
  readonly percent: number | null;
  /** 0 before the first. */
  readonly attempt: number;
  readonly version: number;
  /** What its agent says or why it needs a person; '' where there is nothing to add. */
  readonly detail: string;
  readonly waitsFor: readonly string[];
  /** Since when it is like this, where that is known. */
  readonly since: number | null;
}

export function moduleStatus(state: RunState, node: number): ModuleStatus {
  const module = state.modules.get(node);
  const { id, attempt, contract } = module;
  const { stream } = modulePlan(state.plan, node);
  const basics = { id, stream, attempt, version: contract.version };
  const nothing = { percent: 0, detail: '', waitsFor: [], since: null } as const;
  return { ...basics, ...nothing, ...described(state, node, module) };
}

export function moduleStatuses(state: RunState): ModuleStatus[] {
  return state.plan.modules.map((_, node) => moduleStatus(state, node));
}

type Described = Pick<ModuleStatus, 'kind' | 'text'> & Partial<ModuleStatus>;

function described(state: RunState, node: number, module: ModuleState): Described {
  const { life } = module;
  switch (life.at) {
    case 'waiting':
    case 'ready':
      if (state.phase.at === 'finished') return { kind: 'abandoned', text: unfinished(module) };
      return life.at === 'waiting'
        ? waiting(state, node, module)
        : {
            kind: 'ready',
            text: `${again(module, 'Ready')} · ${heldWords(state, 'builders', node)}`,
            detail: lastEvidence(module),
            since: life.since,
          };
    case 'generating': {
      const { fraction, says, since } = life;
      const percent = fraction === null ? null : Math.round(fraction * 100);
      const text = life.ending || state.phase.at === 'cancelling' ? 'Stopping' : building(module);
      return { kind: 'building', text, percent, detail: oneLine(says), since };
    }
    case 'resting':
      return { kind: 'resting', text: `Resting · its provider asked for ${duration(life.ms)}` };
    case 'submitted':
      return handedIn(state, node, life.submission, life.since);
    case 'evaluating': {
      const { again: stale, confirms, rejudged: disputed } = life.submission;
      const rejudged = stale || disputed !== null;
      const text = rejudged ? 'Judged again' : confirms ? 'Being confirmed' : 'In review';
      const fate = life.outdated ? ' · it will not count, something below changed' : '';
      return { kind: 'in-review', text: text + fate, percent: 90, since: life.since };
    }
    case 'passed':
      return passed(state, node, life.since);
    case 'disputed': {
      const held = life.order === null ? poolWords(state, 'planners') : 'an arbiter looks at it';
      const detail = oneLine(conflictOf(state, life.conflict).about);
      const { since } = life;
      return { kind: 'disputed', text: `Disputed · ${held}`, percent: 90, detail, since };
    }
    case 'sealed':
      return life.stale ? stale(state, node) : { kind: 'sealed', text: 'Sealed', percent: 100 };
    case 'amending': {
      const held = life.order === null ? ` · ${poolWords(state, 'planners')}` : '';
      return {
        kind: 'contract',
        text: `${planning[life.source] ?? 'Contract being amended'}${held}`,
        detail: oneLine(life.reason),
      };
    }
    case 'verifying':
      return verifying(state, node, life.order);
    case 'escalated': {
      const { message, since, reason } = life;
      const text = `Needs you · ${escalationWords[reason]}`;
      return { kind: 'needs-you', text, detail: oneLine(message), since };
    }
    case 'abandoned':
      return { kind: 'abandoned', text: 'Abandoned', detail: oneLine(life.reason) };
  }
}

export const escalationWords: Readonly<Record<EscalationReason, string>> = {
  exhausted: 'its budget is used up',
  'agent-failing': 'its agents keep failing',
  'agent-refused': 'its agent refused',
  'contract-refused': 'its contract was refused',
  'contract-needed': 'it waits for a contract',
  'check-unstable': 'a check gave two outcomes',
  confirmation: 'it keeps failing with the real thing',
  feedback: 'its feedback does not end',
  integration: 'it does not fit the others',
  disputed: 'a dispute is yours to decide',
};

const planning: Partial<Record<AmendmentSource, string>> = {
  missing: 'Contract being written',
  split: 'Being split',
};

function verifying(state: RunState, node: number, order: Order | null): Described {
  const names = order === null ? undrafted(state, node) : [];
  if (names.length === 0) return { kind: 'contract', text: listing(state, node) };
  const text = `Contract drafted · its tests wait for the contract of ${listed(names)}`;
  return { kind: 'contract', text, waitsFor: names };
}

/** The modules whose contract must be drafted before the tests of this one can be listed. */
function undrafted({ graph, modules, undrafted: counts }: RunState, node: number): string[] {
  if (counts.get(node) === 0) return [];
  return (graph.drafts[node] ?? [])
    .map((need) => modules.get(need))
    .filter(({ contract }) => contract.version === 0)
    .map(({ id }) => id);
}

function waiting(state: RunState, node: number, module: ModuleState): Described {
  if (module.contract.version === 0) return { kind: 'contract', text: 'Contract being written' };
  const names = waitsFor(state, node);
  const text = again(module, `Waiting for ${listed(names)}`);
  return { kind: 'waiting', text, waitsFor: names };
}

function listing(state: RunState, node: number): string {
  const held = resourceWords(state, node);
  return held === null
    ? "Contract's tests being listed"
    : `Contract's tests to be listed · ${held}`;
}

/** `Reopened` stays in front until a builder has taken the module up. */
function again(module: ModuleState, text: string): string {
  if (module.formerSeal === null || module.seal !== null) return text;
  return `Reopened · ${lowerFirst(text)}`;
}

function building(module: ModuleState): string {
  const word = module.attempt > 1 ? 'Revising' : 'Building';
  return module.epoch > 1 ? `${word} · ${counted(module.epoch - 1, 'agent')} lost` : word;
}

function handedIn(
  state: RunState,
  node: number,
  { again: rejudged, confirms }: Submission,
  since: number,
): Described {
  const names = waitsFor(state, node);
  const word = rejudged ? 'To be judged again' : confirms ? 'To be confirmed' : 'Handed in';
  const held =
    names.length > 0 ? `waiting for ${listed(names)}` : heldWords(state, 'reviewers', node);
  return {
    kind: 'handed-in',
    text: `${word} · ${held}`,
    percent: 85,
    waitsFor: names,
    since,
  };
}

/** It has passed, and is sealed when what it was not judged against stands too. */
function passed(state: RunState, node: number, since: number): Described {
  const names = confirmedBy(state, node);
  const held = state.phase.at === 'finished' ? 'not confirmed' : 'to be confirmed';
  const text = names.length === 0 ? `Passed · ${held}` : `Passed · ${held} with ${listed(names)}`;
  return { kind: 'to-confirm', text, percent: 90, waitsFor: names, since };
}

function stale(state: RunState, node: number): Described {
  const names = waitsFor(state, node);
  const text =
    state.phase.at === 'finished'
      ? `Sealed · not judged again since ${listed(names)} changed`
      : `Sealed · judged again after ${listed(names)}`;
  return { kind: 'stale', text, percent: 90, waitsFor: names };
}

const unfinished = (module: ModuleState): string =>
  module.attempt === 0 ? 'Not built' : 'Not finished';

function lastEvidence({ evidence }: ModuleState): string {
  const [first] = evidence;
  return first === undefined ? '' : oneLine(first.says);
}
