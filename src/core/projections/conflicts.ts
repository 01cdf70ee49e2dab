import type { ConflictDecision, ConflictKind, ConflictRule, ConflictState } from '../conflict.ts';
import { parseNodeRef, type ModuleId } from '../ids.ts';
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

export const conflictKindWords: Readonly<Record<ConflictKind, string>> = {
  'two-owners': 'Two owners of one path',
  'stale-contract': 'A contract that is not the newest',
  'verdict-disputed': 'A verdict is disputed',
  'tests-disputed': 'The tests are disputed',
  'reviewers-disagree': 'Reviewers disagree',
  integration: 'Modules do not fit',
};

export const ruleWords: Readonly<Record<ConflictRule, string>> = {
  ownership: 'by ownership',
  contract: 'by the contract',
  evidence: 'by the evidence of a check',
  arbiter: 'by an arbiter',
  person: 'by a person',
};

export const decisionWords: Readonly<Record<ConflictDecision, string>> = {
  uphold: 'upheld',
  overturn: 'overturned',
  amend: 'the contract is amended',
  'owner-keeps': 'the owner keeps the path',
  'newest-stands': 'the newest version counts',
};

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
    title: conflictKindWords[kind],
    parties: parties.map(nodeName),
    module: party?.kind === 'module' ? (party.id as ModuleId) : null,
    about: oneLine(about, 400),
    since: detectedAt,
    text:
      resolved === null
        ? waitsWords(state, conflict)
        : `${decisionWords[resolved.decision]}, ${ruleWords[resolved.rule]}`,
    resolved: resolved === null ? null : { ...resolved, reason: oneLine(resolved.reason, 400) },
  };
}

/** Who or what an open conflict waits for. */
function waitsWords(state: RunState, { parties: [about] }: ConflictState): string {
  const party = about === undefined ? null : parseNodeRef(about);
  if (party?.kind !== 'module') return 'open: a module must be reopened';
  const { life } = moduleState(state, party.id as ModuleId);
  if (life.at === 'disputed') {
    return life.order === null ? 'open: it waits for an arbiter' : 'open: an arbiter looks at it';
  }
  return life.at === 'escalated' ? 'open: you decide it' : 'open: its checks are run again';
}
