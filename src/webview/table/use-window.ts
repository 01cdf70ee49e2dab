import { useEffect, useState, type RefObject } from 'react';

/** Rows beyond the edge that are drawn too, so that scrolling does not show a gap. */
const BEYOND = 8;

/** Which rows of a long list lie in view. */
export interface Window {
  /** The first row that is drawn. */
  readonly first: number;
  /** One after the last. */
  readonly end: number;
  /** Scrolls no farther than needed. */
  readonly reveal: (row: number) => void;
}

/** Draws of many rows of one height only those in view; `headPx` of a head that stays are above them. */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  rows: number,
  rowPx: number,
  headPx: number,
): Window {
  const [at, setAt] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => setAt({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  const reveal = (row: number): void => {
    if (box.current !== null) revealIn(box.current, row * rowPx, rowPx + headPx);
  };
  const first = Math.max(0, Math.floor(at.top / rowPx) - BEYOND);
  const end = Math.min(rows, Math.ceil((at.top + at.height) / rowPx) + BEYOND);
  return { first: Math.min(first, end), end, reveal };
}

function revealIn(element: HTMLElement, top: number, height: number): void {
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + height > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + height - element.clientHeight;
  }
}
