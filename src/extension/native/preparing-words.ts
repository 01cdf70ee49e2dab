import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { plainLabel } from './shown-text.ts';
import type { StatusWords } from './status-words.ts';

/** What is said of a run before there is one. */
export function preparingWords(starting: {
  readonly plan: string;
  readonly says: string;
}): StatusWords {
  return {
    text: `$(sync~spin) ${t('Ashlar: {0}', plainLabel(starting.says, 40))}`,
    tooltip: t('Preparing {0}: {1}', oneLine(starting.plan, 120), oneLine(starting.says, 200)),
  };
}
