import { unitWords } from '../../core/budget.ts';
import type { SupervisedOutcome } from '../agents/supervision.ts';

/** A planner's end without the contract that it was asked for, as the run records it. */
export const unwritten = (outcome: SupervisedOutcome) =>
  ({ type: 'record-amendment-failure', ...withoutAnswer(outcome) }) as const;

/** Why there is no answer, or none to the task, and whether another agent may fare better. */
export function withoutAnswer(outcome: SupervisedOutcome) {
  const failed = { spent: outcome.spent };
  switch (outcome.kind) {
    case 'failed': {
      const { code, message, retry } = outcome;
      return { ...failed, code, message, retryable: retry.kind === 'retryable' };
    }
    case 'refused':
      return { ...failed, code: 'refused', message: outcome.reason, retryable: false };
    case 'stalled':
      return { ...failed, code: 'stalled', message: 'no progress for too long', retryable: true };
    case 'exhausted':
      return {
        ...failed,
        code: 'exhausted',
        message: `out of ${unitWords[outcome.what]}`,
        retryable: false,
      };
    case 'aborted':
    case 'arbitrated':
    case 'disputed':
    case 'submitted':
    case 'reviewed':
    case 'blamed':
    case 'contract-written':
    case 'cut':
    case 'researched':
    case 'assessed':
    case 'asked-questions':
    case 'proposed':
    case 'unsuitable': {
      const message = `answered ${outcome.kind} to a task of another kind`;
      return { ...failed, code: 'wrong-answer', message, retryable: true };
    }
  }
}
