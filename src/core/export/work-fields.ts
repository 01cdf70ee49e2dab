import type { AttemptEvent } from '../events/attempt.ts';
import type { AmendmentSource, ContractEvent } from '../events/contract.ts';
import type { JudgingEvent } from '../events/judging.ts';
import type { CheckResult } from '../verdict.ts';
import type { EventFields } from './event-table.ts';
import {
  exactly,
  flag,
  found,
  label,
  listOf,
  number,
  objectOf,
  optional,
  orNull,
  told,
  who,
  word,
} from './field.ts';
import {
  amount,
  attemptOf,
  code,
  count,
  digest,
  evidence,
  moduleName,
  node,
  tree,
} from './id-fields.ts';

const pieces = listOf(evidence);

const source = word<AmendmentSource>({
  ...({ plan: true, missing: true, person: true, integration: true } as const),
  ...({ exhaustion: true, dispute: true, 'earlier-run': true, split: true } as const),
});

const result = objectOf<CheckResult>({
  check: label('check'),
  outcome: word({ passed: true, failed: true, 'timed-out': true, unstable: true }),
  passed: count,
  failed: count,
  durationMs: number,
  cached: flag,
  evidence: pieces,
});

/** Contracts, builders at work, and what is said of what they hand in. */
export const workFields: EventFields<(ContractEvent | AttemptEvent | JudgingEvent)['type']> = {
  'contract-written': {
    module: moduleName,
    version: count,
    contract: tree,
    listing: digest,
    tests: count,
    source: optional(exactly('missing')),
  },
  'contract-refused': {
    module: moduleName,
    version: count,
    code,
    evidence: pieces,
    again: optional(flag),
  },
  'contract-amended': {
    module: moduleName,
    version: count,
    contract: tree,
    reason: told,
    source,
    by: who,
  },
  'verification-started': { module: moduleName, version: count },
  'verification-ended': { module: moduleName },
  'amendment-requested': { module: moduleName, source, reason: told, evidence: pieces },
  'amendment-started': { module: moduleName, version: count, epoch: count },
  'amendment-failed': {
    module: moduleName,
    code,
    message: told,
    retryable: flag,
    evidence: optional(pieces),
    unserved: optional(exactly(true)),
  },
  'generation-started': { ...attemptOf, version: count },
  'progress-reported': { ...attemptOf, says: told, fraction: orNull(number), spent: amount },
  'generation-ended': {
    ...attemptOf,
    outcome: word({
      ...({ lost: true, stalled: true, failed: true, unserved: true } as const),
      ...({ exhausted: true, refused: true, disputed: true, aborted: true } as const),
    }),
    message: told,
    seed: orNull(tree),
    restMs: number,
  },
  'rest-ended': { module: moduleName },
  'submission-received': {
    ...attemptOf,
    version: count,
    tree,
    summary: told,
    problems: pieces,
  },
  'evaluation-started': {
    ...attemptOf,
    version: count,
    tree,
    again: flag,
    confirms: optional(flag),
  },
  'evaluation-ended': attemptOf,
  'check-finished': { gate: node, result },
  'verdict-given': {
    gate: node,
    verdict: word({ PASS: true, FAIL: true, NEEDS_REVISION: true }),
    summary: found,
    evidence: pieces,
    subject: optional(tree),
  },
  'check-unstable': { gate: node, check: label('check') },
};
