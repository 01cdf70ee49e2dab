import { useMemo } from 'react';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { streamProgress } from '../../core/projections/stream-progress.ts';
import { streamFacts, type StreamFact } from './stream-facts.ts';
import { useShownTime } from './use-shown-time.ts';

/** By stream: what is known of it now. Time goes on while nothing happens. */
export function useStreamFacts(chronicle: Chronicle): ReadonlyMap<string, readonly StreamFact[]> {
  const now = useShownTime(chronicle, 10_000);
  return useMemo(
    () => new Map(streamProgress(chronicle, now).map((each) => [each.id, streamFacts(each)])),
    [chronicle, now],
  );
}
