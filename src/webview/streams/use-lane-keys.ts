import { useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { isOff } from '../keys/single-keys.ts';
import type { LaneRow } from './rows.ts';

interface Given {
  readonly area: React.RefObject<HTMLElement | null>;
  readonly rows: readonly LaneRow[];
  readonly fold: (id: string, folded: boolean) => void;
  readonly openNode: (node: number) => void;
  readonly zoomBy: (by: number) => void;
  readonly fit: () => void;
  readonly hideTip: () => void;
  /** What stays in sight before the time and above the lanes, pixels. */
  readonly insets: { readonly top: number; readonly left: number };
}

/** -1: the row itself. */
interface Place {
  readonly key: string;
  readonly cell: number;
}

const rowIn = (area: Element | null, key: string): HTMLElement | null =>
  [...(area?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(
    (row) => row.dataset.row === key,
  ) ?? null;

const cellsIn = (row: Element | null): HTMLElement[] => [
  ...(row?.querySelectorAll<HTMLElement>('[role=gridcell]') ?? []),
];

/**
 * Up and down go from lane to lane, right and left along one, as in a tree: right unfolds a stream,
 * left goes back to the lane, to its stream, and folds it. Enter opens; + - 0 zoom.
 */
export function useLaneKeys({ area, rows, fold, openNode, zoomBy, fit, hideTip, insets }: Given) {
  const [place, setPlace] = useState<Place | null>(null);
  const moved = useRef(false);
  const go = (key: string | undefined, cell = -1): void => {
    if (key === undefined) return;
    moved.current = true;
    setPlace({ key, cell });
  };
  // The row may only just have been drawn because it was gone to.
  useLayoutEffect(() => {
    if (!moved.current || place === null || area.current === null) return;
    moved.current = false;
    const row = rowIn(area.current, place.key);
    if (row === null) return;
    const cell = cellsIn(row)[place.cell];
    bringIntoView(area.current, row, cell ?? null, insets);
    (cell ?? row).focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex(({ key }) => key === place?.key);
    const row = rows[at];
    if (event.altKey || event.ctrlKey || event.metaKey || row === undefined) return;
    if (isOff(event)) return;
    const cell = place?.cell ?? -1;
    const act = (): boolean => {
      switch (event.key) {
        case 'ArrowDown':
          go(rows[at + 1]?.key);
          return true;
        case 'ArrowUp':
          go(rows[at - 1]?.key);
          return true;
        case 'Home':
          go(rows[0]?.key);
          return true;
        case 'End':
          go(rows.at(-1)?.key);
          return true;
        case 'ArrowRight': {
          if (row.node === null && row.folded && cell < 0) fold(row.group.id, false);
          else if (row.node === null && !row.folded) go(rows[at + 1]?.key);
          else {
            const last = cellsIn(rowIn(area.current, row.key)).length - 1;
            go(row.key, Math.min(last, cell + 1));
          }
          return true;
        }
        case 'ArrowLeft':
          if (cell >= 0) go(row.key, cell - 1);
          else if (row.node !== null) go(row.group.id);
          else if (!row.folded) fold(row.group.id, true);
          return true;
        case 'Enter':
        case ' ':
          if (row.node === null) fold(row.group.id, !row.folded);
          else openNode(row.node);
          return true;
        case '+':
        case '=':
          zoomBy(1.5);
          return true;
        case '-':
          zoomBy(1 / 1.5);
          return true;
        case '0':
          fit();
          return true;
        case 'Escape':
          hideTip();
          return true;
        default:
          return false;
      }
    };
    if (act()) event.preventDefault();
  };
  const onFocus = (event: FocusEvent): void => {
    const row = event.target.closest<HTMLElement>('[data-row]');
    const key = row?.dataset.row;
    if (row === null || key === undefined) return;
    const cell = event.target instanceof HTMLElement ? cellsIn(row).indexOf(event.target) : -1;
    if (key !== place?.key || cell !== place.cell) setPlace({ key, cell });
  };
  return { active: place?.key ?? null, onKeyDown, onFocus };
}

function bringIntoView(
  area: HTMLElement,
  row: HTMLElement,
  cell: HTMLElement | null,
  { top, left }: Given['insets'],
): void {
  const y = row.offsetTop;
  const bottom = y + row.offsetHeight;
  if (y < area.scrollTop) area.scrollTop = y;
  else if (bottom > area.scrollTop + area.clientHeight - top) {
    area.scrollTop = Math.min(y, bottom - area.clientHeight + top);
  }
  if (cell === null) return;
  const x = cell.offsetLeft;
  const room = area.clientWidth - left;
  const seen = x >= area.scrollLeft + left && x < area.scrollLeft + area.clientWidth - 20;
  if (!seen) area.scrollLeft = Math.max(0, x - left - room / 3);
}
