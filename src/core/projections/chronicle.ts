import type { RunEvent } from '../events.ts';
import { beginHistory, followHistory, type History } from './history.ts';
import { beginInput, followInput, type OrchestratorInput } from './orchestrator-input.ts';
import { replayEvent, type Replayed } from './timeline.ts';

/** A run, what happened in it, and how everything in it was judged: what the board is drawn from. */
export interface Chronicle extends Replayed {
  readonly history: History;
  /** What the rules and the orchestrating roles have read. */
  readonly input: OrchestratorInput;
}

/** Folds one more event; costs little more than `evolve` does. */
export function chronicleEvent(before: Chronicle | null, event: RunEvent): Chronicle {
  const replayed = replayEvent(before, event);
  const { state } = replayed;
  if (before === null) {
    return { ...replayed, history: beginHistory(state), input: beginInput(state) };
  }
  return {
    ...replayed,
    history: followHistory(before.history, before.state, event, state),
    input: followInput(before.input, before.state, event, state),
  };
}

/** null where there are no events. */
export function chronicle(events: readonly RunEvent[]): Chronicle | null {
  let folded: Chronicle | null = null;
  for (const event of events) folded = chronicleEvent(folded, event);
  return folded;
}
