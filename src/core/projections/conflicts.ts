import type { ConflictDecision, ConflictKind, ConflictRule, ConflictState } from '../conflict.ts';
import { parseNodeRef, type ModuleId } from '../ids.ts';
import { t } from '../language.ts';
import { moduleState } from '../lookup.ts';
import type { RunState } from '../state.ts';
import { nodeName } from './node-words.ts';
import { oneLine } from './safe-text.ts';

/** A conflict as people read of it. */
export interface ConflictRow {
  readonly id: number;
  readonly kind: ConflictKind;
  /** The kind in words. */
  readonly title: string;
  /** By name; the one that it is about first. */
  readonly parties: readonly string[];
  /** The module that is disputed; null where it is about a tier or a gate. */
  readonly module: ModuleId | null;
  readonly about: string;
  /** UTC milliseconds. */
  readonly since: number;
  /** Who is to decide while it is open; what was decided, and by what, afterwards. */
  readonly text: string;
  readonly resolved: {
    readonly rule: ConflictRule;
    readonly decision: ConflictDecision;
    readonly reason: string;
    readonly by: string;
    readonly at: number;
  } | null;
}

export function conflictKindWords(kind: ConflictKind): string {
  switch (kind) {
    case 'two-owners':
      return t('Two owners of one path');
    case 'stale-contract':
      return t('A contract that is not the newest');
    case 'verdict-disputed':
      return t('A verdict is disputed');
    case 'tests-disputed':
      return t('The tests are disputed');
    case 'reviewers-disagree':
      return t('Reviewers disagree');
    case 'integration':
      return t('Modules do not fit');
  }
}

export function ruleWords(rule: ConflictRule): string {
  switch (rule) {
    case 'ownership':
      return t('by ownership');
    case 'contract':
      return t('by the contract');
    case 'evidence':
      return t('by the evidence of a check');
    case 'arbiter':
      return t('by an arbiter');
    case 'person':
      return t('by a person');
  }
}

export function decisionWords(decision: ConflictDecision): string {
  switch (decision) {
    case 'uphold':
      return t('upheld');
    case 'overturn':
      return t('overturned');
    case 'amend':
      return t('the contract is amended');
    case 'owner-keeps':
      return t('the owner keeps the path');
    case 'newest-stands':
      return t('the newest version counts');
  }
}

/** All conflicts of a run, the oldest first. */
export function conflictRows(state: RunState): ConflictRow[] {
  return state.conflicts.toArray().map((conflict) => conflictRow(state, conflict));
}

function conflictRow(state: RunState, conflict: ConflictState): ConflictRow {
  const { id, kind, parties, about, detectedAt, resolved } = conflict;
  const [first] = parties;
  const party = first === undefined ? null : parseNodeRef(first);
  return {
    id,
    kind,
    title: conflictKindWords(kind),
    parties: parties.map(nodeName),
    module: party?.kind === 'module' ? (party.id as ModuleId) : null,
    about: oneLine(about, 400),
    since: detectedAt,
    text:
      resolved === null
        ? waitsWords(state, conflict)
        : `${decisionWords(resolved.decision)}, ${ruleWords(resolved.rule)}`,
    resolved: resolved === null ? null : { ...resolved, reason: oneLine(resolved.reason, 400) },
  };
}

/** Who or what an open conflict waits for. */
function waitsWords(state: RunState, { parties: [about] }: ConflictState): string {
  const party = about === undefined ? null : parseNodeRef(about);
  if (party?.kind !== 'module') return t('open: a module must be reopened');
  const { life } = moduleState(state, party.id as ModuleId);
  if (life.at === 'disputed') {
    return life.order === null
      ? t('open: it waits for an arbiter')
      : t('open: an arbiter looks at it');
  }
  return life.at === 'escalated' ? t('open: you decide it') : t('open: its checks are run again');
}
