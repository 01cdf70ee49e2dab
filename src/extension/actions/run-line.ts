import { plural, t } from '../../core/language.ts';
import { outcomeWords } from '../../core/projections/outcome-words.ts';
import { roughly } from '../../core/projections/words.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { plainLabel } from '../native/shown-text.ts';
import { shortRun } from './short-run.ts';

/** How a run stands, in a few words; the same in lists, lenses and messages. */
export function runStands({ outcome, driver, paused, problem, needs }: DeskRun): string {
  if (problem !== null) return t('cannot be read in full');
  if (outcome !== null) return outcomeWords(outcome);
  if (paused) return t('paused');
  if (needs > 0) return plural(needs, 'needs you', 'needs you, {0} times');
  return driver === 'nobody' ? t('interrupted') : t('going on');
}

/** A run as an entry of a list. */
export function runLine(run: DeskRun, at: number) {
  const { key, artifact, sealed, modules, startedAt, reason } = run;
  return {
    label: `${plainLabel(artifact, 60)} ${shortRun(key.run)}`,
    description: [t('{0}/{1} sealed', sealed, modules), runStands(run), ago(at - startedAt)].join(
      ' · ',
    ),
    detail: reason === '' ? '' : plainLabel(reason, 120),
  };
}

function ago(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days >= 2) return t('{0} days ago', days);
  return days === 1 ? t('yesterday') : t('{0} ago', roughly(ms));
}
