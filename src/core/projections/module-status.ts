import { conflictOf } from '../conflict.ts';
import type { AmendmentSource } from '../events/contract.ts';
import type { EscalationReason } from '../events/module.ts';
import type { ModuleId, Order, StreamId } from '../ids.ts';
import { modulePlan } from '../graph.ts';
import { plural, t } from '../language.ts';
import type { RunState } from '../state.ts';
import type { ModuleState, Submission } from '../module-state.ts';
import { heldWords, poolWords, resourceWords } from './hold-words.ts';
import { confirmedBy, waitsFor } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import { duration, listed, lowerFirst } from './words.ts';

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
  /** What stands behind its first dot, where there is little room; without it, as it is there. */
  readonly brief?: string;
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
            text: `${again(module, t('Ready'))} · ${heldWords(state, 'builders', node)}`,
            detail: lastEvidence(module),
            since: life.since,
          };
    case 'generating': {
      const { fraction, says, since } = life;
      const percent = fraction === null ? null : Math.round(fraction * 100);
      const text =
        life.ending || state.phase.at === 'cancelling' ? t('Stopping') : building(module);
      return { kind: 'building', text, percent, detail: oneLine(says), since };
    }
    case 'resting':
      return {
        kind: 'resting',
        text: t('Resting · its provider asked for {0}', duration(life.ms)),
      };
    case 'submitted':
      return handedIn(state, node, life.submission, life.since);
    case 'evaluating': {
      const { again: stale, confirms, rejudged: disputed } = life.submission;
      const rejudged = stale || disputed !== null;
      const word = rejudged ? t('Judged again') : confirms ? t('Being confirmed') : t('In review');
      const text = life.outdated
        ? `${word} · ${t('it will not count, something below changed')}`
        : word;
      return { kind: 'in-review', text, percent: 90, since: life.since };
    }
    case 'passed':
      return passed(state, node, life.since);
    case 'disputed': {
      const held = life.order === null ? poolWords(state, 'planners') : t('an arbiter looks at it');
      const detail = oneLine(conflictOf(state, life.conflict).about);
      const { since } = life;
      return { kind: 'disputed', text: `${t('Disputed')} · ${held}`, percent: 90, detail, since };
    }
    case 'sealed':
      return life.stale ? stale(state, node) : { kind: 'sealed', text: t('Sealed'), percent: 100 };
    case 'amending': {
      const held = life.order === null ? ` · ${poolWords(state, 'planners')}` : '';
      return {
        kind: 'contract',
        text: `${planning(life.source)}${held}`,
        detail: oneLine(life.reason),
      };
    }
    case 'verifying':
      return verifying(state, node, life.order);
    case 'escalated': {
      const { message, since, reason } = life;
      const text = `${t('Needs you')} · ${escalationWords(reason)}`;
      return { kind: 'needs-you', text, detail: oneLine(message), since };
    }
    case 'abandoned':
      return { kind: 'abandoned', text: t('Abandoned'), detail: oneLine(life.reason) };
  }
}

export function escalationWords(reason: EscalationReason): string {
  switch (reason) {
    case 'exhausted':
      return t('its budget is used up');
    case 'agent-failing':
      return t('its agents keep failing');
    case 'agent-refused':
      return t('its agent refused');
    case 'contract-refused':
      return t('its contract was refused');
    case 'contract-needed':
      return t('it waits for a contract');
    case 'check-unstable':
      return t('a check gave two outcomes');
    case 'confirmation':
      return t('it keeps failing with the real thing');
    case 'feedback':
      return t('its feedback does not end');
    case 'integration':
      return t('it does not fit the others');
    case 'disputed':
      return t('a dispute is yours to decide');
  }
}

function planning(source: AmendmentSource): string {
  if (source === 'missing') return t('Contract being written');
  return source === 'split' ? t('Being split') : t('Contract being amended');
}

function verifying(state: RunState, node: number, order: Order | null): Described {
  const names = order === null ? undrafted(state, node) : [];
  if (names.length === 0) return { kind: 'contract', text: listing(state, node) };
  const text = t('Contract drafted · its tests wait for the contract of {0}', listed(names));
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
  if (module.contract.version === 0) return { kind: 'contract', text: t('Contract being written') };
  const names = waitsFor(state, node);
  const text = again(module, t('Waiting for {0}', listed(names)));
  return { kind: 'waiting', text, waitsFor: names };
}

function listing(state: RunState, node: number): string {
  const held = resourceWords(state, node);
  return held === null
    ? t("Contract's tests being listed")
    : `${t("Contract's tests to be listed")} · ${held}`;
}

/** `Reopened` stays in front until a builder has taken the module up. */
function again(module: ModuleState, text: string): string {
  if (module.formerSeal === null || module.seal !== null) return text;
  return `${t('Reopened')} · ${lowerFirst(text)}`;
}

function building(module: ModuleState): string {
  const word = module.attempt > 1 ? t('Revising') : t('Building');
  return module.epoch > 1
    ? `${word} · ${plural(module.epoch - 1, '{0} agent lost', '{0} agents lost')}`
    : word;
}

function handedIn(
  state: RunState,
  node: number,
  { again: rejudged, confirms }: Submission,
  since: number,
): Described {
  const names = waitsFor(state, node);
  const word = rejudged
    ? t('To be judged again')
    : confirms
      ? t('To be confirmed')
      : t('Handed in');
  const held =
    names.length > 0 ? t('waiting for {0}', listed(names)) : heldWords(state, 'reviewers', node);
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
  const [held, brief] = confirmation(state.phase.at === 'finished', listed(names));
  const text = `${t('Passed')} · ${held}`;
  return { kind: 'to-confirm', text, brief, percent: 90, waitsFor: names, since };
}

/** What is said of it, and the same where there is little room. */
function confirmation(isOver: boolean, names: string): readonly [string, string] {
  if (isOver) {
    const held = names === '' ? t('not confirmed') : t('not confirmed with {0}', names);
    return [held, held];
  }
  return names === ''
    ? [t('to be confirmed'), t('to confirm')]
    : [t('to be confirmed with {0}', names), t('to confirm with {0}', names)];
}

function stale(state: RunState, node: number): Described {
  const names = waitsFor(state, node);
  const after = listed(names);
  const [held, brief] =
    state.phase.at === 'finished'
      ? [t('not judged again since {0} changed', after), t('not again since {0} changed', after)]
      : [t('judged again after {0}', after), t('again after {0}', after)];
  return { kind: 'stale', text: `${t('Sealed')} · ${held}`, brief, percent: 90, waitsFor: names };
}

const unfinished = (module: ModuleState): string =>
  module.attempt === 0 ? t('Not built') : t('Not finished');

function lastEvidence({ evidence }: ModuleState): string {
  const [first] = evidence;
  return first === undefined ? '' : oneLine(first.says);
}
