import { card, type Card } from '../../core/projections/card.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';

let last: Chronicle | null = null;
let cards: Card[] = [];

/** The card of a module: made once a moment, however many parts of the graph ask for it. */
export function cardAt(chronicle: Chronicle, node: number): Card {
  if (chronicle !== last) [last, cards] = [chronicle, []];
  return (cards[node] ??= card(chronicle, node));
}
