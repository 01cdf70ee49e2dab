import { isEnglish, languageTag, t } from '../../core/language.ts';
import { briefMoney } from '../../core/projections/money-known.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { duration } from '../../core/projections/words.ts';
import type { DeskRun } from '../../protocol/board.ts';
import type { Look } from '../parts/looks.ts';

const still = (icon: string, tone: Look['tone']): Look => ({ icon, tone, spin: false });

/** How a run ended, or how it stands. */
export function runLook({ outcome, problem, needs, paused, driver }: DeskRun): Look {
  if (problem !== null) return still('warning', 'revise');
  switch (outcome) {
    case 'complete':
      return still('pass', 'pass');
    case 'failed':
      return still('error', 'fail');
    case 'cancelled':
      return still('circle-slash', 'muted');
    case null:
      if (needs > 0) return still('bell-dot', 'you');
      if (paused) return still('debug-pause', 'muted');
      if (driver === 'nobody') return still('debug-disconnect', 'revise');
      return { icon: 'sync', tone: 'run', spin: true };
  }
}

/** `8/8 sealed · 24 min · $9.10`, or why it ended as it did. */
export function runLine(run: DeskRun): string {
  const { outcome, reason, problem, sealed, modules, spent, money, elapsedMs, paused, driver } =
    run;
  if (problem !== null) return t('Cannot be read: {0}', oneLine(problem, 160));
  const done = t('{0}/{1} sealed', sealed, modules);
  switch (outcome) {
    case 'complete':
      return `${done} · ${roughDuration(elapsedMs)} · ${briefMoney(spent.microUsd, money)}`;
    case 'failed':
      return reason === '' ? `${t('Failed')} · ${done}` : t('Failed: {0}', oneLine(reason, 120));
    case 'cancelled':
      return `${reason === '' ? t('Cancelled') : t('Cancelled: {0}', oneLine(reason, 80))} · ${done}`;
    case null:
      if (paused) return `${t('Paused')} · ${done}`;
      if (driver === 'nobody') return t('Nobody drives it · {0}', done);
      return driver === 'elsewhere'
        ? t('Driven elsewhere · {0}', done)
        : `${t('Building')} · ${done}`;
  }
}

/** Seconds matter only in the first minutes. */
function roughDuration(ms: number): string {
  return duration(ms < 180_000 ? ms : Math.round(ms / 60_000) * 60_000);
}

/** `14:05` today, `yesterday`, `Thu` this week, `12 Mar`, `12 Mar 2025`; by the reader's calendar. */
export function when(startedAt: number, now: number): string {
  const started = new Date(startedAt);
  const days = Math.round((midnight(new Date(now)) - midnight(started)) / 86_400_000);
  const told = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(isEnglish() ? 'en-GB' : languageTag(), options).format(started);
  if (days <= 0) return told({ hour: '2-digit', minute: '2-digit' });
  if (days === 1) return t('yesterday');
  if (days < 7) return told({ weekday: 'short' });
  const date = { day: 'numeric', month: 'short' } as const;
  const sameYear = started.getFullYear() === new Date(now).getFullYear();
  return told(sameYear ? date : { ...date, year: 'numeric' });
}

const midnight = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
