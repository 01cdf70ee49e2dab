import { t } from '../language.ts';
import { minutesText } from './figures.ts';
import type { ForecastBar, ForecastStretch } from './forecast.ts';

/** `lexer: built 0 to 12 min, judged 12 to 14 min; on the critical path` */
export function barWords({ module, stretches, isCritical }: ForecastBar): string {
  const says = stretches.map(stretchWords).join(', ');
  return isCritical
    ? t('{0}: {1}; on the critical path', module, says)
    : t('{0}: {1}', module, says);
}

function stretchWords({ work, start, end }: ForecastStretch): string {
  const [from, to] = [minutesText(start), minutesText(end)];
  switch (work) {
    case 'build':
      return t('built {0} to {1} min', from, to);
    case 'review':
      return t('judged {0} to {1} min', from, to);
    case 'confirm':
      return t('confirmed {0} to {1} min', from, to);
  }
}
