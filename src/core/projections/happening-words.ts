import type { Amount } from '../budget.ts';
import type { RunOutcome } from '../events/run.ts';
import type { FeedbackGiven } from '../events/feedback.ts';
import { plural, t } from '../language.ts';
import { oneLine } from './safe-text.ts';

export function deliveredWords(kind: 'branch' | 'folder', name: string): string {
  return kind === 'branch' ? t('delivered: branch {0}', name) : t('delivered: folder {0}', name);
}

export function finishedWords(outcome: RunOutcome, reason: string): string {
  switch (outcome) {
    case 'complete':
      return t('run complete: {0}', reason);
    case 'failed':
      return t('run failed: {0}', reason);
    case 'cancelled':
      return t('run cancelled: {0}', reason);
  }
}

/** A builder takes a module up. */
export function begunWords(module: string, attempt: number, epoch: number): string {
  const says =
    attempt > 1
      ? t('{0}: revising, attempt {1}', module, attempt)
      : t('{0}: building, attempt {1}', module, attempt);
  return epoch > 1 ? t('{0}, agent {1}', says, epoch) : says;
}

export function findingsWords({ from, to, round, findings }: FeedbackGiven): string {
  const first = oneLine(findings[0] ?? '');
  return round === 0
    ? plural(
        findings.length,
        '{1}: {0} finding for {2}, which is sealed: {3}',
        '{1}: {0} findings for {2}, which is sealed: {3}',
        ...[from, to, first],
      )
    : plural(
        findings.length,
        '{1}: {0} finding for {2}, round {3}: {4}',
        '{1}: {0} findings for {2}, round {3}: {4}',
        ...[from, to, round, first],
      );
}

/** What can be used up: of an amount, and how often a module may be tried. */
export function unitWords(what: keyof Amount | 'attempts'): string {
  switch (what) {
    case 'tokens':
      return t('tokens');
    case 'microUsd':
      return t('money');
    case 'turns':
      return t('turns');
    case 'ms':
      return t('minutes');
    case 'attempts':
      return t('attempts');
  }
}
