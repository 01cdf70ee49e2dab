import type { RunEvent } from '../../core/events.ts';
import { accountOf } from '../../core/projections/account.ts';
import { compareRuns } from '../../core/projections/compare-runs.ts';
import type { Comparison } from '../../core/projections/compare-shape.ts';

/** Two runs side by side, as they are now; null where one of them has not begun. */
export function comparedRuns(a: readonly RunEvent[], b: readonly RunEvent[]): Comparison | null {
  const [first, second] = [accountOf(a), accountOf(b)];
  return first === null || second === null ? null : compareRuns(first, second);
}
