import { acceptAt, begin, deliver, receive, sealContent, stillOpen } from './decide-handoff.ts';
import type { Deciding } from './deciding.ts';
import type { RunEvent } from './events.ts';
import { modulePlan, type Receiver } from './graph.ts';
import { handoffLimits, handoffsAt, type HandoffState } from './handoff.ts';
import { nodeRef, type ModuleId } from './ids.ts';
import { moduleNode } from './lookup.ts';
import type { RunState } from './state.ts';
import type { ModuleState } from './module-state.ts';

/**
 * What the events of a decision mean for handoffs: a seal delivers all that its module is still to
 * give, a builder that begins is told what it is asked for and gets what lies ready for it. Nothing
 * ever waits for this. Costs the handoffs of the modules concerned.
 */
export function followHandoffs(deciding: Deciding): void {
  const { at } = deciding.state.phase;
  if (at === 'cancelling' || at === 'finished') return;
  // The list grows while it is walked, by events that call for nothing more.
  for (const event of deciding.events) follow(deciding, event);
}

function follow(deciding: Deciding, event: RunEvent): void {
  if (event.type === 'module-sealed' || event.type === 'seal-adopted') {
    deliverSeal(deciding, event.module);
  } else if (event.type === 'generation-started') {
    const { state } = deciding;
    const { gives, comes } = state.exchanges.get(moduleNode(state, event.module));
    acceptAt(deciding, event.module, handoffsAt(state, gives));
    for (const handoff of handoffsAt(state, comes)) receive(deciding, handoff, 0);
  } else if (event.type === 'evaluation-started') receiveJudged(deciding, event.module);
  else if (event.type === 'module-abandoned') {
    withdrawHandoffs(deciding, event.module, `${event.module} was abandoned`);
  }
}

/** All that the module is still to give, and what others get at each of its seals. */
function deliverSeal(deciding: Deciding, from: ModuleId): void {
  const { state } = deciding;
  const node = moduleNode(state, from);
  const sender = state.modules.get(node);
  const { gives } = state.exchanges.get(node);
  for (const handoff of handoffsAt(state, gives)) {
    deliver(deciding, handoff, sealContent(sender, handoff.items));
  }
  const served = new Set(handoffsAt(state, gives).map(({ to }) => to));
  for (const receiver of state.graph.receivers[node] ?? []) {
    const to = modulePlan(state.plan, receiver.to).id;
    if (served.has(to) || !wantsSeal(state, sender, receiver)) continue;
    const planned = receiver.items !== null;
    const items = receiver.items?.slice(0, handoffLimits.items) ?? [`what ${from} is sealed with`];
    const handoff = begin(deciding, { from, to, items, planned, by: null });
    deliver(deciding, handoff, sealContent(sender, items));
  }
}

/** Not where it has this very seal; nor, at the first one, where it got in full what was planned. */
function wantsSeal(state: RunState, sender: ModuleState, { to, soft }: Receiver): boolean {
  const { comes, has } = state.exchanges.get(to);
  const newest = handoffsAt(state, [...has, ...comes])
    .filter((each) => each.from === sender.id && each.deliveredAt !== null)
    .sort((a, b) => (a.deliveredAt ?? 0) - (b.deliveredAt ?? 0))
    .at(-1);
  if (newest === undefined) return true;
  if (newest.content?.tree === sender.seal?.tree) return false;
  return soft || sender.formerSeal !== null;
}

/** A judgement stands on the seals of what its module needs: so it has received those. */
function receiveJudged(deciding: Deciding, module: ModuleId): void {
  const { state } = deciding;
  const node = moduleNode(state, module);
  const { needs } = modulePlan(state.plan, node);
  for (const handoff of handoffsAt(state, state.exchanges.get(node).comes)) {
    const ref = nodeRef('module', handoff.from);
    const from = state.graph.moduleIndex.get(handoff.from);
    if (from === undefined) continue;
    const { seal } = state.modules.get(from);
    const real = seal !== null && handoff.content?.tree === seal.tree;
    if (real && needs.some(({ on }) => on === ref)) receive(deciding, handoff, 0);
  }
}

/** A module is gone: what it was to give, and what it was to get, ends. */
export function withdrawHandoffs(deciding: Deciding, module: ModuleId, reason: string): void {
  const { state } = deciding;
  const { gives, awaits } = state.exchanges.get(moduleNode(state, module));
  for (const handoff of stillOpen(state, [...gives, ...awaits])) {
    withdraw(deciding, handoff, reason);
  }
}

/** The run ends: looks at every module that could still give something. */
export function withdrawAll(deciding: Deciding, reason: string): void {
  const { state } = deciding;
  if (state.openHandoffs === 0) return;
  for (const { gives } of state.exchanges) {
    for (const handoff of handoffsAt(state, gives)) withdraw(deciding, handoff, reason);
  }
}

function withdraw(deciding: Deciding, { id, from, to, items }: HandoffState, reason: string): void {
  deciding.emit({ type: 'handoff-withdrawn', handoff: id, from, to, items, reason });
}
