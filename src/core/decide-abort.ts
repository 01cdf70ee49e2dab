import type { RecordAbort } from './commands/agent-result.ts';
import type { Deciding } from './deciding.ts';
import { loseArbitration } from './decide-arbitration.ts';
import { recordGenerationEnd } from './decide-attempt.ts';
import { spend } from './decide-budget.ts';
import { recordProviderWait } from './decide-provider.ts';
import { nodeRef, type ModuleId, type NodeRef, type Order } from './ids.ts';
import { judgingOf } from './decide-gate.ts';
import { moduleNode, moduleState } from './lookup.ts';

/** An effect ended before it had a result; its place is free again. What it spent counts in full. */
export function recordAbort(deciding: Deciding, { effect, order, at }: RecordAbort): void {
  if ('module' in effect && !deciding.state.graph.moduleIndex.has(effect.module)) return;
  switch (effect.type) {
    case 'generate': {
      const ended = { outcome: 'aborted', message: 'aborted', seed: null, what: null } as const;
      const { module } = effect;
      const rest = { restMs: 0, spent: null };
      recordGenerationEnd(deciding, {
        type: 'record-generation-end',
        at,
        order,
        module,
        ...ended,
        ...rest,
      });
      break;
    }
    case 'amend':
    case 'split':
      abortAmendment(deciding, order, effect.module);
      break;
    case 'arbitrate': {
      const node = moduleNode(deciding.state, effect.module);
      const { life } = deciding.state.modules.get(node);
      if (life.at !== 'disputed' || life.order !== order) return;
      loseArbitration(deciding, node, 'the arbiter was stopped');
      break;
    }
    case 'evaluate': {
      const { id, life, ...module } = moduleState(deciding.state, effect.module);
      if (life.at !== 'evaluating' || life.order !== order) return;
      const { attempt, epoch } = life.submission.rejudged ?? module;
      if (deciding.state.reservations.has(order)) {
        spend(deciding, order, nodeRef('module', id), 'reviewer', null);
      }
      deciding.emit({ type: 'evaluation-ended', module: id, attempt, epoch });
      break;
    }
    case 'verify-contract': {
      const { id, life } = moduleState(deciding.state, effect.module);
      if (life.at !== 'verifying' || life.order !== order) return;
      deciding.emit({ type: 'verification-ended', module: id });
      break;
    }
    case 'rest': {
      const { id, life } = moduleState(deciding.state, effect.module);
      if (life.at !== 'resting' || life.order !== order) return;
      deciding.emit({ type: 'rest-ended', module: id });
      break;
    }
    case 'await-provider': {
      const { provider } = effect;
      recordProviderWait(deciding, { type: 'record-provider-wait', at, order, provider });
      break;
    }
    case 'integrate':
      abortJudging(deciding, order, nodeRef('tier', effect.tier));
      break;
    case 'run-gate':
    case 'compose-subject':
      abortJudging(deciding, order, nodeRef('gate', effect.gate));
      break;
    case 'check-prerequisites':
    case 'deliver':
    case 'write-postmortem':
    case 'abort':
      // Their orders ended with the phase that they belonged to.
      break;
  }
}

function abortAmendment(deciding: Deciding, order: Order, module: ModuleId): void {
  const { id, life } = moduleState(deciding.state, module);
  if (life.at !== 'amending' || life.order !== order) return;
  spend(deciding, order, nodeRef('module', id), 'planner', null);
  const message = 'the planner was stopped';
  const ended = { type: 'amendment-failed', module: id, code: 'aborted' } as const;
  deciding.emit({ ...ended, message, retryable: true });
}

function abortJudging(deciding: Deciding, order: Order, gate: NodeRef): void {
  if (judgingOf(deciding.state, gate)?.order !== order) return;
  if (deciding.state.reservations.has(order)) spend(deciding, order, gate, 'integrator', null);
  deciding.emit({ type: 'integration-ended', gate });
}
