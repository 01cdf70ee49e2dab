import type { Draft } from './draft.ts';
import type { EventOf } from './events.ts';
import type { HandoffEvent } from './events/handoff.ts';
import {
  handoffLimits,
  handoffPlace,
  isOpen,
  type Exchange,
  type HandoffState,
} from './handoff.ts';
import type { ModuleId } from './ids.ts';

/** Folds an event that concerns one handoff, and keeps both modules' lists in step. */
export function evolveHandoff(draft: Draft, event: HandoffEvent): void {
  if (event.type === 'handoff-requested') {
    request(draft, event);
    return;
  }
  const place = handoffPlace(draft.handoffs, event.handoff);
  if (place === -1) throw new Error(`there is no handoff ${event.handoff}`);
  const before = draft.handoffs.get(place);
  const after = next(before, event);
  draft.handoffs = draft.handoffs.set(place, after);
  keepInStep(draft, place, before, after);
}

function request(draft: Draft, event: EventOf<'handoff-requested'>): void {
  const { handoff: id, from, to, items, planned, by, at } = event;
  const place = draft.handoffs.length;
  draft.handoffs = draft.handoffs.append({
    id,
    from,
    to,
    items,
    planned,
    by,
    requestedAt: at,
    acceptedAt: null,
    etaMinutes: null,
    partials: 0,
    deliveredAt: null,
    receivedAt: null,
    withdrawn: null,
    content: null,
    fresh: false,
    waitedMs: 0,
  });
  draft.openHandoffs++;
  change(draft, from, ({ gives }) => ({ gives: [...gives, place] }));
  change(draft, to, ({ awaits }) => ({ awaits: [...awaits, place] }));
  if (by !== null) change(draft, by.module, ({ begun }) => ({ begun: begun + 1 }));
}

function next(
  handoff: HandoffState,
  event: Exclude<HandoffEvent, { type: 'handoff-requested' }>,
): HandoffState {
  const { at } = event;
  switch (event.type) {
    case 'handoff-accepted':
      return { ...handoff, acceptedAt: at, etaMinutes: event.etaMinutes };
    case 'handoff-delivered': {
      const { items, note, tree, partial } = event;
      const content = { items, note, tree, partial };
      if (!partial) return { ...handoff, content, fresh: true, deliveredAt: at };
      return { ...handoff, content, fresh: true, partials: handoff.partials + 1 };
    }
    case 'handoff-received': {
      const waitedMs = handoff.waitedMs + event.waitedMs;
      const receivedAt = event.partial ? null : at;
      return { ...handoff, fresh: false, waitedMs, receivedAt };
    }
    case 'handoff-awaited':
      return { ...handoff, waitedMs: handoff.waitedMs + event.waitedMs };
    case 'handoff-withdrawn':
      return { ...handoff, fresh: false, withdrawn: { at, reason: event.reason } };
  }
}

function keepInStep(draft: Draft, place: number, was: HandoffState, is: HandoffState): void {
  if (isOpen(was) && !isOpen(is)) {
    draft.openHandoffs--;
    change(draft, is.from, ({ gives }) => ({ gives: without(gives, place) }));
    change(draft, is.to, ({ awaits }) => ({ awaits: without(awaits, place) }));
  }
  if (is.fresh && !was.fresh) {
    change(draft, is.to, ({ comes }) => ({ comes: [...comes, place] }));
  } else if (was.fresh && !is.fresh) {
    change(draft, is.to, ({ comes, has }) => ({
      comes: without(comes, place),
      has: is.withdrawn === null ? newest([...without(has, place), place]) : has,
    }));
  }
}

const without = (places: readonly number[], place: number): readonly number[] =>
  places.filter((each) => each !== place);

const newest = (places: readonly number[]): readonly number[] => places.slice(-handoffLimits.kept);

function change(draft: Draft, id: ModuleId, to: (exchange: Exchange) => Partial<Exchange>): void {
  // A module that was split is gone; what it gave and got stays in the list.
  const node = draft.graph.moduleIndex.get(id);
  if (node === undefined) return;
  const exchange = draft.exchanges.get(node);
  draft.exchanges = draft.exchanges.set(node, { ...exchange, ...to(exchange) });
}
