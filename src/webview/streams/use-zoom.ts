import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { MOST_ZOOM, type Scale } from './scale.ts';

/** How many times as wide as the room; the moment under the pointer, or in the middle, stays where it is. */
export function useZoom(
  area: RefObject<HTMLDivElement | null>,
  namesPx: number,
  scaleAt: (zoom: number) => Scale,
) {
  const [zoom, setZoom] = useState(1);
  const scale = useMemo(() => scaleAt(zoom), [scaleAt, zoom]);
  const anchor = useRef<{ readonly ms: number; readonly x: number } | null>(null);
  const to = (next: number, clientX?: number): void => {
    const element = area.current;
    const after = Math.min(MOST_ZOOM, Math.max(1, next));
    if (element !== null && after !== zoom) {
      const room = element.clientWidth - namesPx;
      const from = element.getBoundingClientRect().left + namesPx;
      const x = clientX === undefined ? room / 2 : Math.max(0, clientX - from);
      anchor.current = { ms: scale.msAt(element.scrollLeft + x), x };
    }
    setZoom(after);
  };
  useLayoutEffect(() => {
    const element = area.current;
    const kept = anchor.current;
    anchor.current = null;
    if (element === null || kept === null) return;
    scrollTo(element, scale.x(kept.ms) - kept.x);
  }, [area, scale]);
  const zoomBy = (by: number, clientX?: number): void => to(zoom * by, clientX);
  useWheelZoom(area, zoomBy);
  return { scale, zoom, zoomBy, fit: () => to(1) };
}

/** A pinch, or the wheel with Ctrl or the command key; React listens to wheels only passively. */
function useWheelZoom(
  area: RefObject<HTMLDivElement | null>,
  zoomBy: (by: number, clientX: number) => void,
): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), event.clientX);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  });
}

function scrollTo(element: HTMLElement, x: number): void {
  element.scrollLeft = x;
}
