import { useCallback, type KeyboardEvent, type RefObject } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { RunState } from '../../core/state.ts';
import { board, useBoard } from '../store.ts';
import { foldAll, foldOf } from './folds.ts';
import { heightOf, type Layout, type Point } from './layout.ts';
import { moduleOfFocus, pressedOn } from '../keys/module-keys.ts';
import { isOff } from '../keys/single-keys.ts';
import { focusCourse, focusNode } from './viewport.ts';

/** What keys do with what is seen. */
interface View {
  readonly reveal: (node: number) => void;
  readonly fit: () => void;
  readonly zoom: (by: number) => void;
}

type Direction = 'left' | 'right' | 'up' | 'down';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * Arrows go from stone to stone, to what an edge leads to first; Enter opens, Escape closes; letters
 * act on the module that has the focus. Tab goes through all of them in the order of the plan, as
 * the browser does it.
 */
export function useGraphKeys(
  area: RefObject<HTMLElement | null>,
  graph: Graph,
  layout: Layout,
  view: View,
): (event: KeyboardEvent) => void {
  const select = useBoard((state) => state.select);
  const trace = useBoard((state) => state.trace);
  return useCallback(
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isOff(event)) return;
      if (event.key === 'Escape') {
        select(null);
        return;
      }
      const { target } = event;
      const { chronicle } = board.store.getState();
      if (chronicle === null) return;
      const module = moduleOfFocus(target);
      if (pressedOn(module, event)) return;
      // Of the graph alone, and only while it has the focus: no letter acts elsewhere.
      if (event.key === 'f') view.fit();
      else if (event.key === '+' || event.key === '=') view.zoom(1.2);
      else if (event.key === '-') view.zoom(1 / 1.2);
      else if (event.key === 'z' && module !== null)
        board.store.getState().focusModule(module, true);
      else if (event.key === 'b') trace({ blockers: !board.store.getState().traces.blockers });
      else if (event.key === 'c') trace({ critical: !board.store.getState().traces.critical });
      else if (event.key === 'X') foldAll(chronicle.state.plan, graph, layout.grid.courses);
      else if (event.key === 'x') turnTier(chronicle.state, target, layout, area.current);
      const name = target instanceof HTMLElement ? target.dataset.node : undefined;
      if (name === undefined || !(target instanceof HTMLElement)) return;
      if (event.key === 'Enter' || event.key === ' ') target.click();
      else {
        const direction = arrows[event.key];
        if (direction === undefined) return;
        const to = nextNode(graph, layout, Number(name), direction);
        if (to !== null) {
          view.reveal(to);
          focusNode(to, area.current ?? document);
        }
      }
      event.preventDefault();
      event.stopPropagation();
    },
    [area, graph, layout, view, select, trace],
  );
}

/** Folds the tier that the focus is in, or opens it; the focus stays with it. */
function turnTier(
  state: RunState,
  target: EventTarget,
  { grid }: Layout,
  area: HTMLElement | null,
): void {
  const { selected, folded, fold } = board.store.getState();
  const name = target instanceof HTMLElement ? target.dataset.node : undefined;
  const node =
    name === undefined
      ? selected === null
        ? undefined
        : state.graph.moduleIndex.get(selected)
      : Number(name);
  if (node === undefined || node >= state.graph.modules) return;
  const key = foldOf(state, node);
  const course = grid.courses.find(({ modules }) => modules.includes(node));
  fold([key], !folded.has(key));
  if (course !== undefined) focusCourse(course, area);
}

/** What lies nearest in a direction; of what lies about equally near, what an edge joins. */
function nextNode(graph: Graph, layout: Layout, from: number, direction: Direction): number | null {
  const at = middleOf(layout, from);
  if (at === null) return null;
  const joined = new Set([...(graph.needs[from] ?? []), ...(graph.dependents[from] ?? [])]);
  const sideways = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: number | null = null;
  let least = Infinity;
  for (const node of [...layout.modules.keys(), ...layout.gates.keys()]) {
    const to = middleOf(layout, node);
    // What is folded away is reached by its course's stone.
    if (to === null || node === from || (layout.grid.shownAs[node] ?? node) !== node) continue;
    const [dx, dy] = [to.x - at.x, to.y - at.y];
    const ahead = sign * (sideways ? dx : dy);
    const aside = Math.abs(sideways ? dy : dx);
    if (ahead <= 1) continue;
    // Straight ahead is what the eye expects; an edge makes up for some of the way aside.
    const cost = ahead + 3 * aside * (joined.has(node) ? 0.5 : 1);
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function middleOf(layout: Layout, node: number): Point | null {
  const gate = layout.gates.get(node);
  if (gate !== undefined) return gate;
  const corner = layout.modules[node];
  if (corner === undefined) return null;
  return {
    x: corner.x + layout.measures.cardWidth / 2,
    y: corner.y + heightOf(layout, node) / 2,
  };
}
