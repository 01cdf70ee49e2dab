import type { RunEvent } from '../../core/events.ts';
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

/** Which mark an event leaves on the time line; null where it leaves none. */
export function markOf(event: RunEvent): MarkKind | null {
  switch (event.type) {
    case 'verdict-given':
      return byVerdict[event.verdict];
    case 'integration-failed':
    case 'gate-blocked':
    case 'module-abandoned':
      return 'fail';
    case 'contract-amended':
      return event.version > 1 ? 'amend' : null;
    case 'module-split':
      return 'amend';
    case 'approval-requested':
    case 'approval-given':
    case 'approval-refused':
    case 'module-escalated':
    case 'module-reopened':
    case 'run-paused':
    case 'run-resumed':
    case 'run-cancelled':
      return 'you';
    default:
      return null;
  }
}

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
