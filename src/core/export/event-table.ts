import type { EventOf, RunEvent } from '../events.ts';
import type { Fields } from './field.ts';

/** How each field of the events of these types comes out; the journal's own fields are the same in all. */
export type EventFields<Type extends RunEvent['type']> = {
  readonly [Each in Type]: Fields<Omit<EventOf<Each>, 'type' | 'seq' | 'at'>>;
};
