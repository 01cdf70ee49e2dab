import type { Replayed } from '../../core/projections/timeline.ts';
import type { RunEvent } from '../../core/events.ts';

/** Shows a run while it is driven. */
export interface Watcher {
  /** What is the case before anything new happens; not called for a run that just starts. */
  begin(replayed: Replayed): void;
  /** `replayed` is the fold up to and with the event. */
  event(event: RunEvent, replayed: Replayed): void;
  /** After all events of one turn of the run. */
  turned(replayed: Replayed): void;
  note(text: string): void;
  /** Leaves the terminal as it should be after. */
  end(): void;
}
