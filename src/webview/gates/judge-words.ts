import { t } from '../../core/language.ts';
import type { VerdictRow } from '../../core/projections/verdict-rows.ts';

/** What kind of gate judged, in one word. */
export function kindWords(kind: VerdictRow['kind']): string {
  switch (kind) {
    case 'module':
      return t('module');
    case 'tier':
      return t('tier');
    case 'end-to-end':
      return t('end-to-end');
    case 'approval':
      return t('approval');
    case 'prerequisite':
      return t('prerequisite');
  }
}

/** Who judged: checks alone, what they said before of the same, or somebody by name. */
export function judgeWords(by: string): string {
  if (by === 'checks') return t('checks');
  return by === 'cache' ? t('cache') : by;
}
