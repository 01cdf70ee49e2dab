import { useMemo } from 'react';
import type { RunEvent } from '../../core/events.ts';
import { AccountFold, type Accounted } from '../../core/projections/account.ts';
import { useNow } from '../clock.ts';
import { useBoard } from '../store.ts';

/** By journal, so that opening the view again does not fold what was folded before. */
const folds = new WeakMap<readonly RunEvent[], AccountFold>();

/** The account of the run so far, renewed about once a second: it looks at the whole run. */
export function useAccount(): Accounted | null {
  const journal = useBoard((board) => board.journal);
  const over = useBoard((board) => board.chronicle?.state.phase.at === 'finished');
  const second = useNow();
  return useMemo(
    () => accountOf(journal),
    // The journal grows in place: time, and the end, say when to look at it again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [journal, over, second],
  );
}

function accountOf(journal: readonly RunEvent[]): Accounted | null {
  const fold = folds.get(journal) ?? new AccountFold();
  folds.set(journal, fold);
  fold.follow(journal);
  return fold.told();
}
