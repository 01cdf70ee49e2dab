import type { RunEvent } from '../events.ts';
import { beginHistory, followHistory, type History } from './history.ts';
import { replayEvent, type Replayed } from './timeline.ts';

/** A run, what happened in it, and how everything in it was judged: what the board is drawn from. */
export interface Chronicle extends Replayed {
  readonly history: History;
}

/** Folds one more event; costs little more than `evolve` does. */
export function chronicleEvent(before: Chronicle | null, event: RunEvent): Chronicle {
  const { state, timeline } = replayEvent(before, event);
  const history =
    before === null
      ? beginHistory(state)
      : followHistory(before.history, before.state, event, state);
  return { state, timeline, history };
}

/** null where there are no events. */
export function chronicle(events: readonly RunEvent[]): Chronicle | null {
  let folded: Chronicle | null = null;
  for (const event of events) folded = chronicleEvent(folded, event);
  return folded;
}
