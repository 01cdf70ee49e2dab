import { t } from '../language.ts';
import type { Account, CaughtTogether } from './account-shape.ts';
import type { PathStep } from './measured-path.ts';
import { streamIdleWords, type StreamIdle } from './stream-times.ts';
import { duration } from './words.ts';

/** What a stretch of the chain that decided the end was, as report and board say it. */
export function stepWords(doing: PathStep['doing']): string {
  switch (doing) {
    case 'ready':
      return t('waited for a place');
    case 'building':
      return t('was built');
    case 'resting':
      return t('rested');
    case 'handed-in':
      return t('waited for a reviewer');
    case 'judging':
      return t('was judged');
    case 'contract':
      return t('got a contract');
    case 'person':
      return t('waited for a person');
  }
}

/** Why nobody worked on a stream, the longest reason first. */
export function idleWords(idleMs: Account['streams'][number]['idleMs']): string {
  const entries = Object.entries(idleMs) as [StreamIdle, number][];
  if (entries.length === 0) return t('never');
  return entries
    .sort(([, a], [, b]) => b - a)
    .map(([why, ms]) => `${duration(ms)} ${streamIdleWords(why)}`)
    .join(', ');
}

/** How it was found out which module an integration failure is held against. */
export function howWords(how: CaughtTogether['how']): string {
  switch (how) {
    case 'declared':
      return t('the check names them');
    case 'stubs':
      return t('found with stubs');
    case 'integrator':
      return t("by the integrator's judgement");
  }
}
