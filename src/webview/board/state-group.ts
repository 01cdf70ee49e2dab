import { t } from '../../core/language.ts';
import type { Card } from '../../core/projections/card.ts';
import type { CardShape } from '../../core/projections/card-shape.ts';

/** What people filter modules by; every module is in one group. */
export const stateGroups = ['needs-you', 'at-work', 'waiting', 'stopped', 'sealed'] as const;
export type StateGroup = (typeof stateGroups)[number];

export const groupWords = (): Readonly<Record<StateGroup, string>> => ({
  'needs-you': t('Needs you'),
  'at-work': t('At work'),
  waiting: t('Waiting'),
  stopped: t('Failed or stopped'),
  sealed: t('Sealed'),
});

const byShape: Readonly<Record<CardShape, StateGroup>> = {
  planned: 'waiting',
  waiting: 'waiting',
  ready: 'waiting',
  building: 'at-work',
  revising: 'at-work',
  review: 'at-work',
  'needs-revision': 'stopped',
  failed: 'stopped',
  blocked: 'stopped',
  passed: 'waiting',
  sealed: 'sealed',
  stale: 'sealed',
  reopened: 'waiting',
  abandoned: 'stopped',
};

export function groupOf({ shape, needsYou }: Card): StateGroup {
  return needsYou === null ? byShape[shape] : 'needs-you';
}

/** Whether a module is shown by a filter; an empty one shows all. */
export function isShown(filter: readonly StateGroup[], card: Card): boolean {
  return filter.length === 0 || filter.includes(groupOf(card));
}
