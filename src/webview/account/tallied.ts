import { AccountTally } from '../../core/projections/account-tally.ts';
import { accountFrom, type Accounted } from '../../core/projections/account.ts';
import type { Moments } from '../time/moments.ts';

/** What was counted last of a run: the next moment that is looked at is mostly after it. */
interface Counted {
  readonly tally: AccountTally;
  readonly length: number;
}

const counted = new WeakMap<Moments, Counted>();

/**
 * The account of a run after its first `moment` events. The fold is the one that is kept for all
 * views; what is counted beside it is begun anew where a person goes back, which takes about a
 * millisecond for 10,000 events.
 */
export function accountAtMoment(moments: Moments, moment: number): Accounted | null {
  const folded = moments.at(moment);
  if (folded === null) return null;
  const last = counted.get(moments);
  const goesOn = last !== undefined && last.length <= moment;
  const tally = goesOn ? last.tally : new AccountTally();
  for (let index = goesOn ? last.length : 0; index < moment; index++) {
    const event = moments.events[index];
    if (event !== undefined) tally.note(event, moments.times[index] ?? 0);
  }
  counted.set(moments, { tally, length: moment });
  return accountFrom(folded, tally);
}
