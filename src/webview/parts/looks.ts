import type { CardShape } from '../../core/projections/card-shape.ts';

/** What an icon may be coloured for; `plain` is the colour of words. */
export type Tone = 'run' | 'review' | 'pass' | 'fail' | 'revise' | 'you' | 'muted' | 'plain';

/** How a state looks beside its word. */
export interface Look {
  readonly icon: string;
  readonly tone: Tone;
  /** Something is at work on it. */
  readonly spin: boolean;
}

const still = (icon: string, tone: Tone): Look => ({ icon, tone, spin: false });
const turning = (icon: string, tone: Tone): Look => ({ icon, tone, spin: true });

/** One icon for each state, the same on cards, in lists and in tables. */
export const looks: Readonly<Record<CardShape | 'needs-you' | 'idle', Look>> = {
  planned: still('edit', 'muted'),
  waiting: still('clockface', 'muted'),
  ready: still('circle-large', 'muted'),
  building: turning('sync', 'run'),
  revising: turning('sync', 'run'),
  review: still('law', 'review'),
  'needs-revision': still('discard', 'revise'),
  failed: still('error', 'fail'),
  blocked: still('circle-slash', 'fail'),
  passed: still('circle-large', 'muted'),
  sealed: still('lock', 'plain'),
  stale: still('lock', 'plain'),
  reopened: still('issue-reopened', 'review'),
  abandoned: still('circle-slash', 'muted'),
  'needs-you': still('bell-dot', 'you'),
  idle: still('circle-large', 'muted'),
};
