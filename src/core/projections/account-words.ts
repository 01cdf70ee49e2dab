import type { Account, CaughtTogether } from './account-shape.ts';
import type { PathStep } from './measured-path.ts';
import { streamIdleWords, type StreamIdle } from './stream-times.ts';
import { duration } from './words.ts';

/** What a stretch of the chain that decided the end was, as report and board say it. */
export const stepWords: Readonly<Record<PathStep['doing'], string>> = {
  ready: 'waited for a place',
  building: 'was built',
  resting: 'rested',
  'handed-in': 'waited for a reviewer',
  judging: 'was judged',
  contract: 'got a contract',
  person: 'waited for a person',
};

/** Why nobody worked on a stream, the longest reason first. */
export function idleWords(idleMs: Account['streams'][number]['idleMs']): string {
  const entries = Object.entries(idleMs) as [StreamIdle, number][];
  if (entries.length === 0) return 'never';
  return entries
    .sort(([, a], [, b]) => b - a)
    .map(([why, ms]) => `${duration(ms)} ${streamIdleWords[why]}`)
    .join(', ');
}

/** How it was found out which module an integration failure is held against. */
export const howWords: Readonly<Record<CaughtTogether['how'], string>> = {
  declared: 'the check names them',
  stubs: 'found with stubs',
  integrator: "by the integrator's judgement",
};
