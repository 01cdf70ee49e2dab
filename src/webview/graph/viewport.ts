import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { board, useBoard } from '../store.ts';
import { foldOf } from './folds.ts';
import type { Members } from './grid.ts';
import type { Layout } from './layout.ts';
import type { Size } from './measures.ts';

export const LEAST_ZOOM = 0.2;
export const MOST_ZOOM = 1.6;
/** Below this a full card cannot be read. */
const READABLE = 0.85;
/** Not even a small card can, whose least words are 15 px: what does not fit then is scrolled to. */
const LEAST_FIT = 0.74;
/** A graph that leaves room stands so far from the top at most. */
const MOST_ABOVE = 40;
/** Somebody who goes farther out than this wants to see the whole wall. */
const FAR_OUT = 0.35;
/** What somebody zooms to is seen with what is next to it. */
const NEAR = 1.25;
/** A card that was switched back needs this much more, so that it does not flicker. */
const AGAIN = 0.95;

interface Area {
  readonly width: number;
  readonly height: number;
}

/** Where the graph is seen as a whole, if cards can be read then. Never larger than it is drawn. */
export function fitted(
  layouts: Readonly<Record<Size, Layout>>,
  { width, height }: Area,
): { readonly size: Size; readonly viewport: Viewport } {
  const zoomFor = ({ width: w, height: h }: Layout): number =>
    Math.max(LEAST_FIT, Math.min(1, width / w, height / h));
  const size = sizeFor(zoomFor(layouts.full), zoomFor(layouts.close));
  const layout = layouts[size];
  const zoom = zoomFor(layout);
  const x = Math.max(0, (width - layout.width * zoom) / 2);
  const most = size === 'full' ? 8 : MOST_ABOVE;
  const y = Math.max(0, Math.min(most, (height - layout.height * zoom) / 2));
  return { size, viewport: { x, y, zoom } };
}

/** Wide joints where all of the graph has room as it is drawn; narrow ones before anything is left out. */
function sizeFor(full: number, close: number): Size {
  if (full >= READABLE && full >= close) return 'full';
  return close >= READABLE ? 'close' : 'compact';
}

/** Fits the graph while nobody has moved it, and switches between cards by what can be read. */
export function useViewport(layouts: Readonly<Record<Size, Layout>>, onFarOut: () => void) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [size, setSize] = useState<Size>('full');
  /** Somebody has panned or zoomed. */
  const own = useRef(false);

  const fit = useCallback(() => {
    own.current = false;
    if (width === 0 || height === 0) return;
    const to = fitted(layouts, { width, height });
    setSize(to.size);
    void flow.setViewport(to.viewport);
  }, [flow, layouts, width, height]);

  useEffect(() => {
    if (!own.current) fit();
  }, [fit]);

  const moved = useCallback(
    (event: unknown, { zoom }: Viewport) => {
      // Without an event it was done from here.
      if (event !== null) own.current = true;
      if (!own.current) return;
      if (event !== null && zoom < FAR_OUT) onFarOut();
      const whole = fitted(layouts, { width, height });
      if (size !== 'compact' && zoom < READABLE) setSize('compact');
      else if (size === 'compact' && zoom > Math.max(AGAIN, whole.viewport.zoom)) {
        setSize(whole.size === 'close' ? 'close' : 'full');
      }
    },
    [layouts, size, width, height, onFarOut],
  );

  const reveal = useCallback(
    (node: number) => {
      const layout = layouts[size];
      const at = layout.modules[node] ?? layout.gates.get(node);
      if (at === undefined) return;
      const { x, y, zoom } = flow.getViewport();
      const { cardWidth, cardHeight } = layout.measures;
      const seen =
        at.x * zoom + x >= 0 &&
        at.y * zoom + y >= 0 &&
        (at.x + cardWidth) * zoom + x <= width &&
        (at.y + cardHeight) * zoom + y <= height;
      if (seen) return;
      own.current = true;
      void flow.setCenter(at.x + cardWidth / 2, at.y + cardHeight / 2, { zoom });
    },
    [flow, layouts, size, width, height],
  );

  const near = useCallback(
    (node: number) => {
      const layout = layouts.full;
      const at = layout.modules[node];
      if (at === undefined) return;
      own.current = true;
      // Cards stand elsewhere when they are small.
      setSize('full');
      const { cardWidth, cardHeight } = layout.measures;
      void flow.setCenter(at.x + cardWidth / 2, at.y + cardHeight / 2, { zoom: NEAR });
    },
    [flow, layouts],
  );

  useFocus(reveal, near, width > 0);
  return {
    size,
    fit,
    moved,
    reveal,
    near,
    zoom: (by: number) => {
      own.current = true;
      const { zoom } = flow.getViewport();
      void flow.zoomTo(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom * by)));
    },
  };
}

/** Brings into view what the header's search or the host asks for, and moves the focus there. */
function useFocus(
  reveal: (node: number) => void,
  near: (node: number) => void,
  ready: boolean,
): void {
  const focus = useBoard((state) => state.focus);
  const graph = useBoard((state) => state.chronicle?.state.graph ?? null);
  useEffect(() => {
    if (focus === null || graph === null || !ready) return;
    const node = graph.moduleIndex.get(focus.module);
    if (node === undefined) return;
    const { chronicle, folded, fold, focused } = board.store.getState();
    const key = chronicle === null ? '' : foldOf(chronicle.state, node);
    // It is looked for again when its tier is laid out.
    if (folded.has(key)) {
      fold([key], false);
      return;
    }
    focused(focus);
    if (focus.near === true) near(node);
    else reveal(node);
    if (focus.quietly !== true) focusNode(node);
  }, [focus, graph, ready, reveal, near]);
}

/** Cards out of sight are not drawn: it may take a frame or two until there is one to focus. */
export function focusNode(node: number, within: ParentNode = document, tries = 5): void {
  const card = within.querySelector<HTMLElement>(`[data-node="${node}"]`);
  if (card !== null) card.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusNode(node, within, tries - 1));
}

/** When a course is folded the focus goes to its stone; when it is opened, to the first of its cards. */
export function focusCourse({ modules: [first] }: Members, area: Element | null): void {
  if (first === undefined || area === null) return;
  requestAnimationFrame(() => focusNode(first, area));
}
