import type { EventOf, RunEvent } from '../../core/events.ts';
import type { Verdict } from '../../core/verdict.ts';

/** What stands out in a run: verdicts, changed contracts, and where a person was asked or decided. */
export type MarkKind = 'pass' | 'fail' | 'revise' | 'amend' | 'you';

export interface Mark {
  readonly kind: MarkKind;
  /** How many events had happened with it. */
  readonly moment: number;
}

/** What people look for when they go through a run. */
export type Sought = 'verdict' | 'failure' | 'amendment';

const soughtKinds: Readonly<Record<Sought, readonly MarkKind[]>> = {
  verdict: ['pass', 'fail', 'revise'],
  failure: ['fail', 'revise'],
  amendment: ['amend'],
};

const byVerdict: Readonly<Record<Verdict, MarkKind>> = {
  PASS: 'pass',
  FAIL: 'fail',
  NEEDS_REVISION: 'revise',
};

/** What is marked as it is, whatever it says. */
const byType: Partial<Readonly<Record<RunEvent['type'], MarkKind>>> = {
  'integration-failed': 'fail',
  'gate-blocked': 'fail',
  'module-abandoned': 'fail',
  'module-split': 'amend',
  'approval-requested': 'you',
  'approval-given': 'you',
  'approval-refused': 'you',
  'module-escalated': 'you',
  'run-paused': 'you',
  'run-resumed': 'you',
  'run-cancelled': 'you',
};

/** Which mark an event leaves on the time line; null where it leaves none. */
export function markOf(event: RunEvent): MarkKind | null {
  if (event.type === 'verdict-given') return byVerdict[event.verdict];
  if (event.type === 'contract-amended') return event.version > 1 ? 'amend' : null;
  if (event.type === 'module-reopened') return isPersons(event) ? 'you' : null;
  return byType[event.type] ?? null;
}

/** Planners amend what did not fit the others, and a seal may fail when it is judged again: nobody was asked. */
const isPersons = ({ cause, by }: EventOf<'module-reopened'>): boolean =>
  cause === 'amendment' && by !== 'planner';

/** The moment of the next mark of a kind after `from`, or of the one before it; null where none is. */
export function seek(
  marks: readonly Mark[],
  what: Sought,
  from: number,
  direction: 1 | -1,
): number | null {
  const kinds = soughtKinds[what];
  const isSought = ({ kind, moment }: Mark): boolean =>
    kinds.includes(kind) && (direction === 1 ? moment > from : moment < from);
  const found = direction === 1 ? marks.find(isSought) : marks.findLast(isSought);
  return found?.moment ?? null;
}
