import type { Chronicle } from '../../core/projections/chronicle.ts';
import { useNow } from '../clock.ts';
import { useDriven } from '../standstill.ts';

/** The time that is shown, UTC milliseconds: it stands still while nobody drives the run. */
export function useShownTime({ state }: Chronicle, everyMs = 1_000): number {
  const running = useDriven();
  const ticking = useNow(everyMs);
  return running ? Math.max(ticking, state.at) : state.at;
}
