import { useCallback, useEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import { touchedCards, type Card } from '../../core/projections/card.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { isPlanned } from '../../core/projections/planned.ts';
import { isShown } from '../board/state-group.ts';
import { board, type BoardState } from '../store.ts';
import { cardAt } from './card-at.ts';

/** A module where thousands are shown: its card, and whether it is chosen or left out. */
export interface Watched {
  readonly card: Card | null;
  readonly selected: boolean;
  readonly dim: boolean;
}

/** By node. */
const listeners: (Set<() => void> | undefined)[] = [];
const known: (Watched | undefined)[] = [];
/** What they wait for, others decide. */
const passed = new Set<number>();
let watchers = 0;
let stop: (() => void) | null = null;

/** The same object until something in it changes. */
function watched(node: number): Watched {
  const { chronicle, selected, filter } = board.store.getState();
  const last = known[node];
  const card =
    chronicle === null || node >= chronicle.state.graph.modules ? null : cardAt(chronicle, node);
  const isSelected = card !== null && card.id === selected;
  const dim = card !== null && !isShown(filter, card);
  if (last?.card === card && last.selected === isSelected && last.dim === dim) return last;
  if (card?.shape === 'passed') passed.add(node);
  else passed.delete(node);
  return (known[node] = { card, selected: isSelected, dim });
}

/**
 * Goes once a picture through what may look otherwise than in the last one: a thousand listeners of
 * the store cost far more, and so does a look at five thousand cards.
 */
function look(now: BoardState, before: BoardState): void {
  const chosen = now.selected !== before.selected || now.filter !== before.filter;
  if (now.chronicle === before.chronicle && !chosen) return;
  const told = new Set<() => void>();
  const lookAt = (node: number): void => {
    const each = listeners[node];
    if (each === undefined || each.size === 0 || known[node] === watched(node)) return;
    for (const listener of each) told.add(listener);
  };
  const touched = chosen ? null : touchedSince(now.chronicle, before.chronicle);
  if (touched === null) {
    listeners.forEach((_, node) => {
      lookAt(node);
    });
  } else {
    for (const node of touched) lookAt(node);
    for (const node of passed) if (!touched.has(node)) lookAt(node);
  }
  for (const listener of told) listener();
}

function touchedSince(now: Chronicle | null, before: Chronicle | null): ReadonlySet<number> | null {
  if (now === null || before === null || isPlanned(now.state)) return null;
  return touchedCards(now, before);
}

/** Calls back when any of these modules looks otherwise than before. */
function watch(nodes: readonly number[], listener: () => void): () => void {
  for (const node of nodes) {
    (listeners[node] ??= new Set()).add(listener);
    watched(node);
  }
  watchers++;
  stop ??= board.store.subscribe(look);
  return () => {
    for (const node of nodes) listeners[node]?.delete(listener);
    watchers--;
    if (watchers > 0) return;
    stop?.();
    stop = null;
  };
}

/** For what is drawn a thousand times. */
export function useWatched(node: number): Watched {
  const subscribe = useCallback((listener: () => void) => watch([node], listener), [node]);
  return useSyncExternalStore(subscribe, () => watched(node));
}

/** Draws again when any of these modules looks otherwise; what is drawn is read from the store. */
export function useAnyOf(nodes: readonly number[]): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const first = useRef(board.store.getState().chronicle);
  useEffect(() => {
    const leave = watch(nodes, again);
    // Something came between the first drawing and now.
    if (board.store.getState().chronicle !== first.current) again();
    return leave;
  }, [nodes]);
}
