import { useMemo } from 'react';
import type { Accounted } from '../../core/projections/account.ts';
import { useNow } from '../clock.ts';
import { useBoard } from '../store.ts';
import { accountAtMoment } from './tallied.ts';

/** The account of the run up to what is looked at, renewed about once a second: it looks at all of it. */
export function useAccount(): Accounted | null {
  const moments = useBoard((board) => board.moments);
  const moment = useBoard((board) => board.moment);
  const over = useBoard((board) => board.chronicle?.state.phase.at === 'finished');
  const second = useNow();
  return useMemo(
    () => accountAtMoment(moments, moment ?? moments.length),
    // The moments grow in place: time, and the end, say when to look at them again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [moments, moment, over, second],
  );
}
