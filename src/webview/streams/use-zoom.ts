import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { MOST_ZOOM } from './scale.ts';

/** How many times as wide as the room; what is in the middle of the view stays there. */
export function useZoom(area: RefObject<HTMLDivElement | null>, namesPx: number) {
  const [zoom, setZoom] = useState(1);
  const anchor = useRef<{ readonly share: number; readonly x: number } | null>(null);
  const to = (next: number, clientX?: number): void => {
    const element = area.current;
    if (element !== null) {
      const room = element.clientWidth - namesPx;
      const from = element.getBoundingClientRect().left + namesPx;
      const x = clientX === undefined ? room / 2 : Math.max(0, clientX - from);
      const all = Math.max(1, element.scrollWidth - namesPx);
      anchor.current = { share: (element.scrollLeft + x) / all, x };
    }
    setZoom(Math.min(MOST_ZOOM, Math.max(1, next)));
  };
  useLayoutEffect(() => {
    const element = area.current;
    const kept = anchor.current;
    anchor.current = null;
    if (element === null || kept === null) return;
    scrollTo(element, kept.share * (element.scrollWidth - namesPx) - kept.x);
  }, [area, zoom, namesPx]);
  const zoomBy = (by: number, clientX?: number): void => to(zoom * by, clientX);
  useWheelZoom(area, zoomBy);
  return { zoom, zoomBy, fit: () => to(1) };
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
