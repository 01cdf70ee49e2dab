import { evolve } from '../core/evolve.ts';
import type { RunEvent } from '../core/events.ts';
import { LawWatch } from '../core/laws.ts';
import type { RunState } from '../core/state.ts';

/** What events of a recorded run broke which law, in words; empty where all were kept. */
export function lawBreaches(events: readonly RunEvent[]): string[] {
  // Agents' time is measured, not metered: an attempt may end a moment after its minutes.
  const watch = new LawWatch({ metered: false });
  const breaches: string[] = [];
  let state: RunState | null = null;
  for (const event of events) {
    const after: RunState = evolve(state, event);
    for (const { law, title, seq, says } of watch.event(state, event, after)) {
      breaches.push(`event ${seq} broke law ${law} (${title}): ${says}`);
    }
    state = after;
  }
  return breaches;
}
