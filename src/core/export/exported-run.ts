import type { RunEvent } from '../events.ts';
import { passEvent } from './event-fields.ts';
import { Misfit } from './field.ts';
import { exportOutlet, openOutlet, type ExportRules } from './outlets.ts';

export type Passed =
  | { readonly ok: true; readonly events: readonly RunEvent[] }
  /** The event with this number, the first one that is not as its type says; those before it are sound. */
  | {
      readonly ok: false;
      readonly events: readonly RunEvent[];
      readonly seq: number;
      readonly what: string;
    };

/** The events of a run as they may leave this machine. */
export const exportedEvents = (events: readonly RunEvent[], rules: ExportRules): Passed =>
  passed(events, exportOutlet(rules));

/** The events of a run that comes from elsewhere, each as its type says and within bounds. */
export const openedEvents = (events: readonly RunEvent[]): Passed => passed(events, openOutlet);

function passed(events: readonly RunEvent[], outlet: ReturnType<typeof exportOutlet>): Passed {
  const out: RunEvent[] = [];
  for (const event of events) {
    try {
      out.push(passEvent(event, outlet));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      const what = `${typeof event.type === 'string' ? event.type : 'the event'}: ${error.message}`;
      return { ok: false, events: out, seq: out.length + 1, what };
    }
  }
  return { ok: true, events: out };
}
