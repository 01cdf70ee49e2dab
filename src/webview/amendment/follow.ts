import { plural, t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { estimateEnd } from '../../core/projections/eta.ts';
import type { Impact, ImpactRow } from '../../core/projections/impact.ts';
import { listed } from '../../core/projections/words.ts';

/** What a contract's new version leads to, in the words of the board. */

export const whatWords = (): Readonly<Record<ImpactRow['what'], string>> => ({
  'built-again': t('built again'),
  'judged-again': t('judged again'),
  'attempt-ends': t('attempt ends, built again'),
});

/** `1 module built again, 3 judged again, 4 not touched`. */
export function summary({ rows, untouched }: Impact): string {
  const judged = rows.filter(({ what }) => what === 'judged-again').length;
  return [
    t('{0} built again', plural(rows.length - judged, '{0} module', '{0} modules')),
    ...(judged > 0 ? [t('{0} judged again', judged)] : []),
    ...(untouched.length > 0 ? [t('{0} not touched', untouched.length)] : []),
  ].join(', ');
}

/** What the button says that does it: `Reopen lexer, judge 3 again`. */
export function confirmLabel(kind: 'reopen' | 'amend', module: ModuleId, impact: Impact): string {
  const judged = impact.rows.filter(({ what }) => what === 'judged-again').length;
  const does = kind === 'reopen' ? t('Reopen {0}', module) : t('Amend {0}', module);
  return judged === 0 ? does : t('{0}, judge {1} again', does, judged);
}

/** `+3–5 min`; '' where it takes no time. */
export function addedMinutes([low, high]: Impact['minutes']): string {
  const [from, to] = [Math.round(low), Math.ceil(high)];
  if (to === 0) return '';
  return from === to ? `+${to} min` : `+${from}–${to} min`;
}

/** What all of it cost before, on average; null where nothing is known. */
export function addedMicroUsd({ rows }: Impact): number | null {
  const known = rows.filter(({ microUsd }) => microUsd !== null);
  return known.length === 0 ? null : known.reduce((sum, { microUsd }) => sum + (microUsd ?? 0), 0);
}

/** The expected end before and after; null where nobody can know one of them. */
export function etaMoves(
  chronicle: Chronicle,
  { minutes: [low, high] }: Impact,
  at: number,
): { readonly from: string; readonly to: string } | null {
  const eta = estimateEnd(chronicle, at);
  if (!eta.known || eta.toMs === null || high === 0) return null;
  const scale = (eta.pace ?? 1) * 60_000;
  const range = (fromMs: number, toMs: number): string => {
    const [from, to] = [Math.floor(fromMs / 60_000), Math.max(1, Math.ceil(toMs / 60_000))];
    return from === to ? `${to} min` : `${from}–${to} min`;
  };
  return {
    from: range(eta.fromMs, eta.toMs),
    // What runs beside it may hide some of it, so the lower end stays where it is at best.
    to: range(Math.max(eta.fromMs, low * scale), eta.toMs + high * scale),
  };
}

export function untouchedWords({ untouched }: Impact): string {
  return untouched.length === 0
    ? ''
    : t('Not touched: {0}. Their seals and verdicts stand.', listed(untouched, 12));
}
