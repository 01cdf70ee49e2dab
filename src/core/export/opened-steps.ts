import type { RunEvent } from '../events.ts';
import type { Plan } from '../plan/plan.ts';
import { openedEvents, type Passed } from './exported-run.ts';
import { Misfit, type Field } from './field.ts';
import { openOutlet } from './outlets.ts';
import { planItems } from './plan-fields.ts';

/** So many modules come out in a few milliseconds. */
const STEP = 100;

/**
 * An event from elsewhere as its type says, as {@link openedEvents} brings it out. A plan of thousands of
 * modules takes long: it is done in steps, between which others have their turn. That it is of a size
 * that people are shown must be known before.
 */
export function* openedSteps(event: RunEvent): Generator<void, Passed, void> {
  if (!('plan' in event) || !isLarge(event.plan)) return openedEvents([event]);
  const { plan } = event;
  const out: Partial<Record<keyof typeof planItems, readonly object[]>> = {};
  for (const name of names) {
    const field: Field<object> = planItems[name];
    const list: object[] = [];
    for (const [at, item] of plan[name].entries()) {
      if (at % STEP === 0) yield;
      try {
        list.push(field(item, openOutlet));
      } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        const { message } = error.inside(`${at}`).inside(name).inside('plan');
        return { ok: false, events: [], seq: 1, what: `${event.type}: ${message}` };
      }
    }
    out[name] = list;
  }
  yield;
  const rest = { ...plan, streams: [], modules: [], handoffs: [], tiers: [], gates: [] };
  const passed = openedEvents([{ ...event, plan: rest }]);
  const [opened] = passed.events;
  if (!passed.ok || opened === undefined || !('plan' in opened)) return passed;
  return { ok: true, events: [{ ...opened, plan: { ...opened.plan, ...out } } as RunEvent] };
}

/** What is no list, or a short one, is looked at with the rest of the event. */
const isLarge = (plan: Plan): boolean =>
  names.every((name) => Array.isArray((plan as Plan | null)?.[name])) &&
  names.some((name) => plan[name].length > STEP);

const names = Object.keys(planItems) as readonly (keyof typeof planItems)[];
