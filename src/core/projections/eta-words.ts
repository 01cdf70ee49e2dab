import type { Eta } from './eta.ts';
import { roughly } from './words.ts';

/** `about 12 min`, `8 min to 12 min`, `at least 8 min`, `unknown (the run is paused)`. */
export function etaWords(eta: Eta): string {
  if (!eta.known) return `unknown (${eta.why})`;
  const from = roughly(eta.fromMs);
  const by = eta.pace === null ? ' (by the estimates)' : '';
  if (eta.toMs === null) return `at least ${from}, and a person${by}`;
  const to = roughly(eta.toMs);
  return from === to
    ? `${from.startsWith('a ') ? '' : 'about '}${from}${by}`
    : `${from} to ${to}${by}`;
}
