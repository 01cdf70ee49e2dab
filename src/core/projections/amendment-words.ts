import type { AmendmentSource } from '../events/contract.ts';
import { t } from '../language.ts';

/** Why there is a version of a contract, in words. */
export function sourceWords(source: AmendmentSource): string {
  switch (source) {
    case 'plan':
      return t('as planned');
    case 'missing':
      return t('the plan had none');
    case 'person':
      return t('asked for by a person');
    case 'integration':
      return t('its module did not fit');
    case 'exhaustion':
      return t('its budget was used up');
    case 'dispute':
      return t('it was disputed');
    case 'earlier-run':
      return t('taken over from an earlier run');
    case 'split':
      return t('a larger module was cut into parts');
  }
}
