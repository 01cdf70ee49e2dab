import type { CompositionEvent } from '../events/composition.ts';
import type { EscalationReason, ModuleEvent } from '../events/module.ts';
import type { EventFields } from './event-table.ts';
import { label, listOf, optional, orNull, told, who, word } from './field.ts';
import {
  attemptOf,
  count,
  digest,
  evidence,
  gateName,
  moduleName,
  node,
  run,
  tierName,
  tree,
} from './id-fields.ts';

const pieces = listOf(evidence);

/** What can be used up. */
export const unit = word({
  ...({ tokens: true, microUsd: true, turns: true, ms: true, attempts: true } as const),
});

const decision = { gate: gateName, submission: digest, by: who, note: told };

/** What becomes of modules, each for itself and together. */
export const moduleFields: EventFields<(ModuleEvent | CompositionEvent)['type']> = {
  'module-passed': { ...attemptOf, version: count, tree, seal: orNull(digest) },
  'confirmation-failed': { module: moduleName, round: count, evidence: pieces },
  'module-sealed': { ...attemptOf, version: count, seal: digest, tree },
  'seal-adopted': { module: moduleName, version: count, seal: digest, tree, from: run },
  'module-reopened': {
    module: moduleName,
    cause: word({ amendment: true, rejudgement: true }),
    reason: told,
    evidence: pieces,
    by: who,
  },
  'module-escalated': {
    module: moduleName,
    reason: word<EscalationReason>({
      ...({ exhausted: true, 'agent-failing': true, 'agent-refused': true } as const),
      ...({ 'contract-refused': true, 'contract-needed': true } as const),
      ...({ 'check-unstable': true, confirmation: true, feedback: true } as const),
      ...({ integration: true, disputed: true } as const),
    }),
    what: optional(unit),
    message: told,
    evidence: pieces,
  },
  'module-resumed': { module: moduleName, by: who, after: optional(moduleName) },
  'module-abandoned': { module: moduleName, reason: told },
  'integration-started': { tier: tierName },
  'tier-integrated': { tier: tierName, tree },
  'integration-ended': { gate: node },
  'integration-failed': {
    gate: node,
    check: label('check'),
    between: listOf(moduleName),
    blamed: moduleName,
    how: word({ declared: true, stubs: true, integrator: true }),
    reason: told,
    evidence: pieces,
  },
  'gate-started': { gate: gateName },
  'gate-passed': { gate: gateName, tree },
  'gate-blocked': { gate: node, message: told, evidence: pieces },
  'approval-requested': { gate: gateName, submission: digest },
  'approval-given': decision,
  'approval-refused': decision,
};
