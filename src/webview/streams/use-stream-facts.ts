import { useMemo } from 'react';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { streamProgress } from '../../core/projections/stream-progress.ts';
import { useNow } from '../clock.ts';
import { useDriven } from '../standstill.ts';
import { streamFacts, type StreamFact } from './stream-facts.ts';

/** By stream: what is known of it now. Time goes on while nothing happens. */
export function useStreamFacts(chronicle: Chronicle): ReadonlyMap<string, readonly StreamFact[]> {
  const running = useDriven();
  const ticking = useNow(10_000);
  const { state } = chronicle;
  // The run's own clock stands still while nobody drives it.
  const now = running ? Math.max(ticking, state.at) : state.at;
  return useMemo(
    () => new Map(streamProgress(chronicle, now).map((each) => [each.id, streamFacts(each)])),
    [chronicle, now],
  );
}
