import type { Plan } from './plan/plan.ts';
import { upcastPlan } from './plan/upcast.ts';

/**
 * An event as today's rules read it, whichever version wrote it: old journals replay for ever. Every
 * reader of a journal passes its events through here, and nothing behind it knows of older forms.
 */
export function upcastEvent<Event extends { readonly type: string }>(event: Event): Event {
  if (!carriesPlan(event.type)) return event;
  const told = withWay(event);
  const { plan } = told as { readonly plan?: unknown };
  if (typeof plan !== 'object' || plan === null) return told;
  return { ...told, plan: upcastPlan(plan as Plan) };
}

/** Before runs said which way they go, all of them went in parallel. */
const withWay = <Event extends { readonly type: string }>(event: Event): Event =>
  event.type === 'run-started' && !('way' in event) ? { ...event, way: 'parallel' } : event;

const carriesPlan = (type: string): boolean =>
  type === 'run-started' || type === 'plan-changed' || type === 'module-split';
