import type { SupervisedOutcome } from '../agents/supervision.ts';

/** A planner's end without what it was asked for, as the run records it. */
export function unwritten(outcome: SupervisedOutcome) {
  const failed = { type: 'record-amendment-failure', spent: outcome.spent } as const;
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
      return { ...failed, code: 'exhausted', message: `out of ${outcome.what}`, retryable: false };
    case 'aborted':
    case 'arbitrated':
    case 'disputed':
    case 'submitted':
    case 'reviewed':
    case 'blamed':
    case 'contract-written':
    case 'cut': {
      const message = `answered ${outcome.kind} to a task of another kind`;
      return { ...failed, code: 'wrong-answer', message, retryable: true };
    }
  }
}
