import { estimateEnd, type Eta } from '../../core/projections/eta.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import { counted } from '../../core/projections/words.ts';
import type { Driver } from '../../protocol/board.ts';
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
  const sealed = `${state.sealed}/${state.modules.length} sealed`;
  const tooltip = `Ashlar: run ${shortRun(state.run)} of ${artifact}. Opens the board.`;
  const words = (icon: string, rest: string): StatusWords => ({
    text: `$(${icon}) ${sealed}${rest === '' ? '' : ` · ${rest}`}`,
    tooltip,
  });
  if (phase.at === 'finished') {
    if (at - phase.since > finishedShowsMs) return null;
    const icon = phase.outcome === 'complete' ? 'pass' : 'circle-slash';
    return words(icon, phase.outcome);
  }
  if (state.pausedAt !== null) return words('debug-pause', 'paused');
  if (driver === 'nobody') {
    return state.inFlight > 0
      ? words('debug-disconnect', 'interrupted')
      : words('circle-large-outline', 'waits');
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
    text: `$(bell-dot) Ashlar: ${needs.length} ${needs.length === 1 ? 'needs' : 'need'} you`,
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
  if (eta.toMs === null) return `${from} min or more`;
  if (eta.toMs < 60_000) return 'under a minute';
  const to = Math.max(1, Math.round(eta.toMs / 60_000));
  if (from > 120) return `${hours(from)}–${hours(to)} h`;
  return from === to ? `about ${counted(from, 'min', 'min')}` : `${from}–${to} min`;
}

const hours = (minutes: number): string => (Math.round(minutes / 30) / 2).toString();
