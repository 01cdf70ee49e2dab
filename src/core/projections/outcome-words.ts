import type { RunOutcome } from '../events/run.ts';
import { t } from '../language.ts';

/** How a run ended, in a word. */
export function outcomeWords(outcome: RunOutcome): string {
  switch (outcome) {
    case 'complete':
      return t('complete');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
  }
}
