import type { RecordHandoff, RecordReceipt, RecordRequest } from './commands/handoff-result.ts';
import type { Refusal } from './commands/refusal.ts';
import type { Deciding } from './deciding.ts';
import type { HandoffRequested } from './events/handoff.ts';
import type { AttemptOf } from './events/recorded.ts';
import {
  handoffLimits,
  handoffPlace,
  handoffsAt,
  isOpen,
  type HandoffContent,
  type HandoffState,
} from './handoff.ts';
import type { ModuleId } from './ids.ts';
import { moduleNode } from './lookup.ts';
import { ended, no } from './person-rules.ts';
import { phrase } from './phrase.ts';
import { leftByWord } from './projections/left-minutes.ts';
import type { RunState } from './state.ts';
import type { ModuleState } from './module-state.ts';

/** null: carried out, or noted as too late, which the decision says. */
type Answer = Refusal | null;

type FromBuilder = Pick<RecordHandoff, 'module' | 'order'>;

/** The builder that speaks, if its order still stands. */
function builder(state: RunState, { module: id, order }: FromBuilder): AttemptOf | null {
  const { life, attempt, epoch } = state.modules.get(moduleNode(state, id));
  const stands = life.at === 'generating' && life.order === order && !life.ending;
  return stands ? { module: id, attempt, epoch } : null;
}

/** A builder gives something before its seal: to whoever asked for it, or to a module it names. */
export function recordHandoff(deciding: Deciding, command: RecordHandoff): Answer {
  const by = builder(deciding.state, command);
  if (by === null) return late(deciding, command, 'a handoff');
  const { module: from, to, items, partial, note, tree } = command;
  const refusal =
    ended(deciding.state) ??
    refuseItems(items) ??
    (to === null ? null : refuseOther(deciding.state, from, to));
  if (refusal !== null) return refusal;
  const { state } = deciding;
  const { gives } = state.exchanges.get(moduleNode(state, from));
  const open = handoffsAt(state, gives);
  const asked = open.filter((each) => (to ?? each.to) === each.to && shareItem(each.items, items));
  if (asked.some(({ partials }) => partial && partials >= handoffLimits.partials)) {
    return no(
      'too-many-handoffs',
      phrase(
        '{0} parts of it were handed over; hand over the rest in full, or at the seal',
        handoffLimits.partials,
      ),
    );
  }
  const content: HandoffContent = { items, note, tree, partial };
  if (asked.length === 0) {
    if (to === null) return nobodyAsked(from, open);
    const full = refuseMore(state, from);
    if (full !== null) return full;
    const handoff = begin(deciding, { from, to, items, planned: false, by });
    deliver(deciding, handoff, content);
  }
  for (const handoff of asked) deliver(deciding, handoff, content);
  return null;
}

/** A builder asks for all it needs of another module at once; a seal answers at once. */
export function recordRequest(deciding: Deciding, command: RecordRequest): Answer {
  const by = builder(deciding.state, command);
  if (by === null) return late(deciding, command, 'a request');
  const { module: to, from, items } = command;
  const refusal =
    ended(deciding.state) ?? refuseItems(items) ?? refuseOther(deciding.state, to, from);
  if (refusal !== null) return refusal;
  const { state } = deciding;
  const sender = state.modules.get(moduleNode(state, from));
  if (sender.life.at === 'abandoned') {
    return no('no-sender', phrase('{0} was abandoned and gives nothing; go on without it', from));
  }
  // Asked for already: the same handoff answers.
  if (openRequest(state, from, to, items) !== null) return null;
  const full = refuseMore(state, to);
  if (full !== null) return full;
  const handoff = begin(deciding, { from, to, items, planned: false, by });
  if (sender.seal !== null) deliver(deciding, handoff, sealContent(sender, items));
  else acceptAt(deciding, from, [handoff]);
  return null;
}

/** What was delivered last is in the builder's hands; or it waited, and nothing came. */
export function recordReceipt(deciding: Deciding, command: RecordReceipt): void {
  if (builder(deciding.state, command) === null) {
    late(deciding, command, 'the receipt of a handoff');
    return;
  }
  const { handoffs } = deciding.state;
  const place = handoffPlace(handoffs, command.handoff);
  if (place === -1) return;
  const handoff = handoffs.get(place);
  if (handoff.to !== command.module) return;
  const waitedMs = Math.max(0, Math.round(command.waitedMs));
  if (handoff.fresh) receive(deciding, handoff, waitedMs);
  else if (waitedMs > 0) {
    const { id, from, to, items } = handoff;
    deciding.emit({ type: 'handoff-awaited', handoff: id, from, to, items, waitedMs });
  }
}

/** An open handoff that holds all these items already; null where there is none. */
function openRequest(
  state: RunState,
  from: ModuleId,
  to: ModuleId,
  items: readonly string[],
): HandoffState | null {
  const { awaits } = state.exchanges.get(moduleNode(state, to));
  const same = handoffsAt(state, awaits).find(
    (each) => each.from === from && items.every((item) => each.items.includes(item)),
  );
  return same ?? null;
}

type Begun = Pick<HandoffRequested, 'from' | 'to' | 'items' | 'planned' | 'by'>;

/** Opens a handoff; it is the newest of all. */
export function begin(deciding: Deciding, begun: Begun): HandoffState {
  const handoff = deciding.state.seq + 1;
  deciding.emit({ type: 'handoff-requested', handoff, ...begun });
  const { handoffs } = deciding.state;
  return handoffs.get(handoffs.length - 1);
}

export function deliver(
  deciding: Deciding,
  { id, from, to }: HandoffState,
  content: HandoffContent,
  /** The earlier handoff that brought it to the module of which the receiver is a part. */
  earlier: number | null = null,
): void {
  const again = earlier === null ? {} : { earlier };
  deciding.emit({ type: 'handoff-delivered', handoff: id, from, to, ...content, ...again });
}

export function receive(deciding: Deciding, handoff: HandoffState, waitedMs: number): void {
  const { id, from, to, content } = handoff;
  if (content === null) return;
  const { items, partial } = content;
  const of = { handoff: id, from, to, items };
  deciding.emit({ type: 'handoff-received', ...of, partial, waitedMs });
}

/** Accepted where the sender's builder is at work; else when the next one begins. */
export function acceptAt(deciding: Deciding, from: ModuleId, asked: readonly HandoffState[]): void {
  const node = moduleNode(deciding.state, from);
  const { life } = deciding.state.modules.get(node);
  if (life.at !== 'generating' || life.ending) return;
  const etaMinutes = Math.round(leftByWord(deciding.state, node) * 10) / 10;
  for (const { id, to, items, acceptedAt } of asked) {
    if (acceptedAt !== null) continue;
    deciding.emit({ type: 'handoff-accepted', handoff: id, from, to, items, etaMinutes });
  }
}

/** What a seal gives: the files that were sealed, and what their builder said of them. */
export function sealContent(
  { seal }: Pick<ModuleState, 'seal'>,
  items: readonly string[],
): HandoffContent {
  return { items, note: seal?.summary ?? '', tree: seal?.tree ?? null, partial: false };
}

function late(deciding: Deciding, { order, module }: FromBuilder, what: string): Answer {
  deciding.rejectLate(order, module, `${what} of a replaced attempt`);
  return null;
}

function refuseItems(items: readonly string[]): Answer {
  const { items: most, itemChars } = handoffLimits;
  const fits =
    items.length > 0 &&
    items.length <= most &&
    items.every((item) => item.trim() !== '' && item.length <= itemChars);
  if (fits) return null;
  return no(
    'bad-items',
    phrase('name 1 to {0} items of at most {1} characters each', most, itemChars),
  );
}

function refuseOther(state: RunState, module: ModuleId, other: ModuleId): Answer {
  if (other === module) {
    return no('own-handoff', phrase('{0} has what it makes already; name another module', module));
  }
  if (state.graph.moduleIndex.has(other)) return null;
  return no('unknown-module', phrase('the plan has no module {0}', other.slice(0, 40)));
}

function refuseMore(state: RunState, module: ModuleId): Answer {
  const { open, begun } = handoffLimits;
  if (state.openHandoffs >= open) {
    return no(
      'too-many-handoffs',
      phrase(
        '{0} handoffs are open in this run; go on with the stub, and ask when some are delivered',
        open,
      ),
    );
  }
  if (state.exchanges.get(moduleNode(state, module)).begun < begun) return null;
  return no(
    'too-many-handoffs',
    phrase(
      '{0} began {1} handoffs, which is all it may; go on with what it has',
      ...[module, begun],
    ),
  );
}

function nobodyAsked(from: ModuleId, open: readonly HandoffState[]): Refusal {
  const asked = open.slice(0, 5).map(({ to, items }) => `${to}: ${items.join(', ')}`);
  return no(
    'nobody-asked',
    asked.length === 0
      ? phrase(
          'nobody asked {0} for that (nothing is asked for); name a module to give it to',
          from,
        )
      : phrase(
          'nobody asked {0} for that (asked for are {1}); name a module to give it to',
          ...[from, asked.join('; ')],
        ),
  );
}

const shareItem = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((item) => b.includes(item));

/** Open ones of a list that may have changed since it was read. */
export const stillOpen = (state: RunState, places: readonly number[]): HandoffState[] =>
  handoffsAt(state, places).filter(isOpen);
