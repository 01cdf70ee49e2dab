import type { RunEvent } from '../../core/events.ts';
import type { InsightsGiven } from '../../core/events/insight.ts';
import type { ModuleId } from '../../core/ids.ts';

/** What was found among the events so far, so that those that come later are all that is looked through. */
interface Found {
  looked: number;
  readonly given: InsightsGiven[];
}

/** By journal; it goes with the journal. */
const found = new WeakMap<readonly RunEvent[], Found>();

/** What agents of a module were given until the event of this number; `events` grows in place. */
export function insightsGiven(
  events: readonly RunEvent[],
  module: ModuleId,
  until: number,
): readonly InsightsGiven[] {
  const its = found.get(events) ?? { looked: 0, given: [] };
  found.set(events, its);
  for (; its.looked < events.length; its.looked++) {
    const event = events[its.looked];
    if (event?.type === 'insights-given') its.given.push(event);
  }
  return its.given.filter((each) => each.module === module && each.seq <= until);
}
