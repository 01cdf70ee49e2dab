import type { RunEvent } from '../events.ts';
import { agentFields } from './agent-fields.ts';
import type { EventFields } from './event-table.ts';
import { Misfit, objectOf, type Field, type Fields, type Outlet } from './field.ts';
import { count } from './id-fields.ts';
import { moduleFields } from './module-fields.ts';
import { partyFields } from './party-fields.ts';
import { runFields } from './run-fields.ts';
import { workFields } from './work-fields.ts';

/** Every event that there is, field by field. */
const fields: EventFields<RunEvent['type']> = {
  ...runFields,
  ...workFields,
  ...moduleFields,
  ...partyFields,
  ...agentFields,
};

const rules = new Map<string, Field<object>>(
  Object.entries<Fields<object>>(fields).map(([type, its]) => [
    type,
    objectOf<object>({ seq: count, at: count, ...its }),
  ]),
);

/**
 * An event as it comes out there: nothing is taken over but what the table of its type names, so that
 * what is added to the journal later stays in until somebody has thought about it. The event must have
 * passed through `upcastEvent`. Throws a {@link Misfit} where something is not as its type says.
 */
export function passEvent(event: RunEvent, out: Outlet): RunEvent {
  const { type } = event;
  const rule = typeof type === 'string' ? rules.get(type) : undefined;
  if (rule === undefined) throw new Misfit('is of a type that this version does not know', 'type');
  return { type, ...rule(event, out) } as RunEvent;
}

/** For tests: what the table names, which is all that comes out. */
export const eventTypes: readonly string[] = [...rules.keys()];
