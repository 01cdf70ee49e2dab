import { scaleStepMs } from '../time/time-scale.ts';

/** Where moments of the run's own clock stand, in pixels behind the names. */
export interface Scale {
  readonly pxPerMs: number;
  readonly widthPx: number;
  readonly x: (ms: number) => number;
}

/** Beside the last moment. */
const END_PX = 24;
const WIDEST_PX = 2_000_000;
export const MOST_ZOOM = 400;

/** All of it in the room there is, or so many times as wide. */
export function scaleOf(totalMs: number, roomPx: number, zoom: number): Scale {
  const fitPx = Math.max(100, roomPx - END_PX);
  const widthPx = Math.min(WIDEST_PX, fitPx * zoom);
  const pxPerMs = widthPx / Math.max(1, totalMs);
  return { pxPerMs, widthPx: widthPx + END_PX, x: (ms) => ms * pxPerMs };
}

/** A length that changes seldom though what it is made of changes all the time. */
export function steadyLength(ms: number): number {
  const stepMs = scaleStepMs(Math.max(1, ms) / 1000, 40);
  return Math.max(1_000, Math.ceil((ms * 1.02) / stepMs) * stepMs);
}

/** The moments that are marked between two places of a scale. */
export function axisMarks({ pxPerMs }: Scale, fromPx: number, toPx: number): number[] {
  const stepMs = scaleStepMs(1 / pxPerMs);
  const marks: number[] = [];
  const first = Math.max(0, Math.floor(fromPx / pxPerMs / stepMs));
  for (let ms = first * stepMs; ms * pxPerMs <= toPx; ms += stepMs) marks.push(ms);
  return marks;
}
