import { t } from '../language.ts';
import type { Eta } from './eta.ts';
import { isFew, roughly } from './words.ts';

/** `about 12 min`, `8 min to 12 min`, `at least 8 min`, `unknown (the run is paused)`. */
export function etaWords(eta: Eta): string {
  if (!eta.known) return t('unknown ({0})', eta.why);
  const words = spanWords(eta.fromMs, eta.toMs);
  return eta.pace === null ? t('{0} (by the estimates)', words) : words;
}

function spanWords(fromMs: number, toMs: number | null): string {
  const from = roughly(fromMs);
  if (toMs === null) return t('at least {0}, and a person', from);
  const to = roughly(toMs);
  if (from !== to) return t('{0} to {1}', from, to);
  return isFew(fromMs) ? from : t('about {0}', from);
}
