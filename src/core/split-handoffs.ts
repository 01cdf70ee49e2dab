import { acceptAt, begin, deliver } from './decide-handoff.ts';
import type { Deciding } from './deciding.ts';
import { handoffLimits, handoffsAt, isOpen, type HandoffState } from './handoff.ts';
import type { ModuleId } from './ids.ts';
import type { RunState } from './state.ts';

/** So many of the newest that a module has received go to each of its parts. */
const maxGivenOn = 20;

/** What a module was to give and to get, and what it got. */
export interface Dealings {
  /** Open ones. */
  readonly gives: readonly HandoffState[];
  readonly awaits: readonly HandoffState[];
  /** Delivered in full, oldest first. */
  readonly got: readonly HandoffState[];
}

/** To be asked before the module is split: from then on nobody knows it. */
export function dealingsOf(state: RunState, node: number): Dealings {
  const { gives, awaits, comes, has } = state.exchanges.get(node);
  const received = [...new Set([...has, ...comes])].sort((a, b) => a - b);
  return {
    gives: handoffsAt(state, gives),
    awaits: handoffsAt(state, awaits),
    got: handoffsAt(state, received)
      .filter((each) => !isOpen(each) && each.content !== null)
      .slice(-maxGivenOn),
  };
}

/**
 * The parts of a module take over its handoffs: each is to give what the module was to give, for nobody
 * knows yet which of them will hold it; each is to get what the module was to get, and gets what it got.
 */
export function handOn(
  deciding: Deciding,
  parts: readonly ModuleId[],
  { gives, awaits, got }: Dealings,
): void {
  for (const part of parts) {
    for (const { to, items, planned } of gives) {
      if (hasRoom(deciding, planned)) begin(deciding, { from: part, to, items, planned, by: null });
    }
    for (const earlier of [...got, ...awaits]) {
      const { id, from, items, planned, content } = earlier;
      if (!deciding.state.graph.moduleIndex.has(from)) continue;
      if (isOpen(earlier) && !hasRoom(deciding, planned)) continue;
      const handoff = begin(deciding, { from, to: part, items, planned, by: null });
      if (content !== null) deliver(deciding, handoff, content, id);
      if (isOpen(earlier)) acceptAt(deciding, from, [handoff]);
    }
  }
}

const hasRoom = ({ state }: Deciding, planned: boolean): boolean =>
  planned || state.openHandoffs < handoffLimits.open;
