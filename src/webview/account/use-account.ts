import { useMemo } from 'react';
import { AccountFold, type Accounted } from '../../core/projections/account.ts';
import { useNow } from '../clock.ts';
import { useBoard } from '../store.ts';
import type { Moments } from '../time/moments.ts';

/** What was folded last of a run, so that opening the view again, or the next moment, folds no more than is new. */
interface Folded {
  readonly fold: AccountFold;
  readonly length: number;
}

const folds = new WeakMap<Moments, Folded>();

/** The account of the run up to what is looked at, renewed about once a second: it looks at all of it. */
export function useAccount(): Accounted | null {
  const moments = useBoard((board) => board.moments);
  const moment = useBoard((board) => board.moment);
  const over = useBoard((board) => board.chronicle?.state.phase.at === 'finished');
  const second = useNow();
  return useMemo(
    () => accountOf(moments, moment ?? moments.length),
    // The moments grow in place: time, and the end, say when to look at them again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [moments, moment, over, second],
  );
}

function accountOf(moments: Moments, length: number): Accounted | null {
  const last = folds.get(moments);
  const fold = last === undefined || last.length > length ? new AccountFold() : last.fold;
  fold.follow(length === moments.length ? moments.events : moments.events.slice(0, length));
  folds.set(moments, { fold, length });
  return fold.told();
}
