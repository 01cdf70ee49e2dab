import { kindOf } from '../../core/graph.ts';
import { card, type Card } from '../../core/projections/card.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { isPlanned, plannedCard } from '../../core/projections/planned.ts';

let last: Chronicle | null = null;
let cards: Card[] = [];

/** The card of a module: made once a moment, however many parts of the graph ask for it. */
export function cardAt(chronicle: Chronicle, node: number): Card {
  if (chronicle !== last) [last, cards] = [chronicle, []];
  const made = isPlanned(chronicle.state) ? plannedCard : card;
  return (cards[node] ??= made(chronicle, node));
}

/**
 * Whether there still is such a node. The graph takes nodes out a moment after the run has changed under
 * them: another one is shown, or another moment of it, before or after a module was split.
 */
export function isStill(
  chronicle: Chronicle | null,
  node: number,
  kinds: readonly ReturnType<typeof kindOf>[],
): chronicle is Chronicle {
  return chronicle !== null && kinds.includes(kindOf(chronicle.state.graph, node));
}
