import type { ConflictDecision, ConflictKind } from '../conflict.ts';
import type { ConflictEvent } from '../events/conflict.ts';
import type { FeedbackEvent } from '../events/feedback.ts';
import type { HandoffEvent } from '../events/handoff.ts';
import type { EventFields } from './event-table.ts';
import {
  exactly,
  flag,
  listOf,
  number,
  objectOf,
  optional,
  orNull,
  piece,
  thing,
  told,
  who,
  word,
} from './field.ts';
import { attemptOf, code, count, evidence, moduleName, node, tree } from './id-fields.ts';

const pieces = listOf(evidence);
const ofHandoff = { handoff: count, from: moduleName, to: moduleName, items: listOf(thing) };

const kind = word<ConflictKind>({
  ...({ 'two-owners': true, 'stale-contract': true, 'verdict-disputed': true } as const),
  ...({ 'tests-disputed': true, 'reviewers-disagree': true, integration: true } as const),
});

const decided = word<ConflictDecision>({
  ...({ uphold: true, overturn: true, amend: true } as const),
  ...({ 'owner-keeps': true, 'newest-stands': true } as const),
});

/** What modules give each other, and what they are at odds about. */
export const partyFields: EventFields<(HandoffEvent | FeedbackEvent | ConflictEvent)['type']> = {
  'handoff-requested': { ...ofHandoff, planned: flag, by: orNull(objectOf(attemptOf)) },
  'handoff-accepted': { ...ofHandoff, etaMinutes: orNull(number) },
  'handoff-delivered': {
    ...ofHandoff,
    partial: flag,
    note: told,
    tree: orNull(tree),
    earlier: optional(count),
  },
  'handoff-received': { ...ofHandoff, partial: flag, waitedMs: number },
  'handoff-awaited': { ...ofHandoff, waitedMs: number },
  'handoff-withdrawn': { ...ofHandoff, reason: told },
  'feedback-given': {
    from: moduleName,
    to: moduleName,
    round: count,
    findings: listOf(piece),
    over: flag,
  },
  'feedback-taken': {
    module: moduleName,
    from: moduleName,
    evidence: pieces,
    unanswered: optional(told),
  },
  'conflict-detected': {
    conflict: count,
    kind,
    parties: listOf(node),
    about: told,
    evidence: pieces,
  },
  'dispute-opened': {
    conflict: count,
    module: moduleName,
    by: word({ builder: true, reviewer: true }),
    reason: told,
    rule: word({ ownership: true, evidence: true, arbiter: true, person: true }),
    ifUpheld: word({ revise: true, pass: true }),
  },
  'arbitration-started': { conflict: count, module: moduleName, arbitration: count, epoch: count },
  'arbitration-failed': {
    conflict: count,
    module: moduleName,
    code,
    message: told,
    retryable: flag,
    unserved: optional(exactly(true)),
  },
  'conflict-resolved': {
    conflict: count,
    rule: word({ ownership: true, contract: true, evidence: true, arbiter: true, person: true }),
    decided,
    reason: told,
    by: who,
  },
};
