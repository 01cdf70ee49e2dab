import { decimal, plural, t } from '../../core/language.ts';
import { estimateEnd, type Eta } from '../../core/projections/eta.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { Driver } from '../../protocol/board.ts';
import { outcomeWords } from '../../core/projections/outcome-words.ts';
import { shortRun } from '../actions/short-run.ts';

/** What the status bar shows; texts are the editor's, with `$(icon)`. */
export interface StatusWords {
  readonly text: string;
  readonly tooltip: string;
}

/** Nobody needs to be told for ever that a run is over. */
const finishedShowsMs = 10 * 60_000;

/** How far the run is; null where nothing is worth a place. */
export function progressWords(
  { replayed, driver }: { readonly replayed: Replayed | null; readonly driver: Driver },
  at: number,
): StatusWords | null {
  if (replayed === null) return null;
  const { state } = replayed;
  const { phase } = state;
  const artifact = oneLine(state.plan.artifact.name, 60);
  const sealed = t('{0}/{1} sealed', state.sealed, state.modules.length);
  const tooltip = t('Ashlar: run {0} of {1}. Opens the board.', shortRun(state.run), artifact);
  const words = (icon: string, rest: string): StatusWords => ({
    text: `$(${icon}) ${sealed}${rest === '' ? '' : ` · ${rest}`}`,
    tooltip,
  });
  if (phase.at === 'finished') {
    if (at - phase.since > finishedShowsMs) return null;
    const icon = phase.outcome === 'complete' ? 'pass' : 'circle-slash';
    return words(icon, outcomeWords(phase.outcome));
  }
  if (state.pausedAt !== null) return words('debug-pause', t('paused'));
  if (driver === 'nobody') {
    return state.inFlight > 0
      ? words('debug-disconnect', t('interrupted'))
      : words('circle-large-outline', t('waits'));
  }
  const isAtWork = state.inFlight > 0;
  return words(
    isAtWork ? 'sync~spin' : 'circle-large-outline',
    etaShort(estimateEnd(replayed, at)),
  );
}

/** The one thing that is marked: how much only a person can move. */
export function needsWords(replayed: Replayed | null): StatusWords | null {
  const needs =
    replayed === null ? [] : needsYou(replayed.state).filter(({ kind }) => kind !== 'paused');
  if (needs.length === 0) return null;
  return {
    text: `$(bell-dot) ${plural(needs.length, 'Ashlar: {0} needs you', 'Ashlar: {0} need you')}`,
    tooltip: needs
      .slice(0, 8)
      .map(({ says }) => says)
      .join('\n'),
  };
}

/** `6–9 min`, `about 6 min`, `6 min or more`; '' where nothing is known. */
export function etaShort(eta: Eta): string {
  if (!eta.known) return '';
  const from = Math.max(1, Math.round(eta.fromMs / 60_000));
  if (eta.toMs === null) return t('{0} min or more', from);
  if (eta.toMs < 60_000) return t('under a minute');
  const to = Math.max(1, Math.round(eta.toMs / 60_000));
  if (from > 120) return t('{0}–{1} h', hours(from), hours(to));
  return from === to ? t('about {0} min', from) : t('{0}–{1} min', from, to);
}

const hours = (minutes: number): string => {
  const halves = Math.round(minutes / 30);
  return halves % 2 === 0 ? String(halves / 2) : decimal(halves / 2, 1);
};
