import type { EventOf } from '../events.ts';
import { nodeRef, type ModuleId, type TreeId } from '../ids.ts';
import type { Ledger } from './ledger.ts';

export type NotedOfHandoff = EventOf<
  'handoff-requested' | 'handoff-delivered' | 'handoff-received' | 'handoff-withdrawn'
>;

/** Writes an event of a handoff into the ledger. */
export function noteHandoff(ledger: Ledger, event: NotedOfHandoff): void {
  const { handoff, from, to } = event;
  if (event.type === 'handoff-requested') {
    const ends = { from: nodeRef('module', from), to: nodeRef('module', to) };
    ledger.handoffs.set(handoff, { ...ends, fresh: null });
    ledger.openHandoffs.add(handoff);
    return;
  }
  const entry = ledger.handoffs.get(handoff);
  if (entry === undefined) return;
  switch (event.type) {
    case 'handoff-delivered':
      entry.fresh = { partial: event.partial };
      if (event.partial) break;
      ledger.openHandoffs.delete(handoff);
      ledger.owedHandoffs.delete(pair(from, to));
      ledger.handedOver.set(pair(from, to), event.tree);
      break;
    case 'handoff-received':
      entry.fresh = null;
      break;
    case 'handoff-withdrawn':
      entry.fresh = null;
      ledger.openHandoffs.delete(handoff);
  }
}

/** A seal is owed to all that build on its module's stub, unless it is what they have. */
export function noteSeal(ledger: Ledger, from: ModuleId, tree: TreeId): void {
  const ref = nodeRef('module', from);
  for (const { id, needs } of ledger.plan.modules) {
    const soft = needs.some(({ kind, on }) => kind === 'soft' && on === ref);
    if (soft && ledger.handedOver.get(pair(from, id)) !== tree) {
      ledger.owedHandoffs.add(pair(from, id));
    }
  }
}

const pair = (from: ModuleId, to: ModuleId): string => `${from} to ${to}`;
