import type { RunEvent } from '../events.ts';
import { nodeRef } from '../ids.ts';
import { plural, t } from '../language.ts';
import type { Verdict } from '../verdict.ts';
import { scopeOfExhaustion } from '../accounts.ts';
import { budgetWords } from './scope-words.ts';
import { escalationWords } from './module-status.ts';
import { nodeName } from './node-words.ts';

/** One thing that is read aloud as it happens. */
export interface Announcement {
  readonly says: string;
  /** It asks a person, or ends something: told whatever else happens. */
  readonly matters: boolean;
  /** Of a judging, so that many are told as a number of them. */
  readonly verdict: Verdict | null;
}

const matter = (says: string): Announcement => ({ says, matters: true, verdict: null });

/** What a person who does not see the board is to hear of: verdicts, failures, what asks, and the end. */
export function announcement(event: RunEvent): Announcement | null {
  // Each teller is of the type that it stands under.
  const tell = tellers[event.type] as ((event: RunEvent) => Announcement) | undefined;
  // What a module has used up is told by what comes of it.
  if (event.type === 'budget-exhausted' && event.module !== null) return null;
  return tell?.(event) ?? null;
}

const tellers: {
  readonly [Type in RunEvent['type']]?: (
    event: Extract<RunEvent, { readonly type: Type }>,
  ) => Announcement;
} = {
  'verdict-given': ({ gate, verdict }) => ({
    ...{ says: t('{0}: {1}', nodeName(gate), verdict), matters: false, verdict },
  }),
  'module-escalated': ({ module, reason }) =>
    matter(t('{0} needs you: {1}', module, escalationWords(reason))),
  'approval-requested': ({ gate }) =>
    matter(t('{0} waits for your approval', nodeName(nodeRef('gate', gate)))),
  'gate-blocked': ({ gate }) => matter(t('{0} is stuck and needs you', nodeName(gate))),
  'integration-failed': ({ gate, blamed }) =>
    matter(t('{0} failed, and {1} is reopened', nodeName(gate), blamed)),
  'module-abandoned': ({ module }) => matter(t('{0} was abandoned', module)),
  'prerequisites-missing': () => matter(t('Prerequisites are missing: nothing starts')),
  'delivery-failed': () => matter(t('The result could not be delivered')),
  'budget-exhausted': (event) => matter(t('{0} is used up', budgetWords(scopeOfExhaustion(event)))),
  'run-finished': ({ outcome }) => matter(ends()[outcome]),
};

const ends = () => ({
  complete: t('The run is complete'),
  failed: t('The run has failed'),
  cancelled: t('The run was cancelled'),
});

/** More at once are told in numbers. */
const FEW = 3;

/** What is said of all that happened meanwhile: a few things by name, many as how many they are. */
export function announced(all: readonly Announcement[]): string {
  const matters = all.filter((each) => each.matters);
  const verdicts = all.filter((each) => each.verdict !== null);
  const said = matters.slice(0, FEW).map(({ says }) => says);
  if (matters.length > FEW) {
    said.push(plural(matters.length - FEW, '{0} more thing to know', '{0} more things to know'));
  }
  if (verdicts.length <= FEW) said.push(...verdicts.map(({ says }) => says));
  else {
    const count = (verdict: Verdict): number =>
      verdicts.filter((each) => each.verdict === verdict).length;
    said.push(
      t(
        '{0} verdicts: PASS {1}, FAIL {2}, NEEDS_REVISION {3}',
        ...[verdicts.length, count('PASS'), count('FAIL'), count('NEEDS_REVISION')],
      ),
    );
  }
  return said.map((each) => `${each}.`).join(' ');
}
