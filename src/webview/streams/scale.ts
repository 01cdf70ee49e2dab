import type { Quiet } from '../../core/projections/quiet.ts';
import { brokenScale, type BrokenScale } from '../time/broken-scale.ts';
import { scaleStepMs } from '../time/time-scale.ts';

/** Where moments of the run's own clock stand, in pixels behind the names. */
export interface Scale extends BrokenScale {
  readonly widthPx: number;
}

/** Beside the last moment. */
const END_PX = 24;
const WIDEST_PX = 2_000_000;
export const MOST_ZOOM = 400;

/** All of it in the room there is, or so many times as wide; long waits are drawn short. */
export function scaleOf(
  totalMs: number,
  roomPx: number,
  zoom: number,
  quiets: readonly Quiet[],
): Scale {
  const fitPx = Math.max(100, roomPx - END_PX);
  const widthPx = Math.min(WIDEST_PX, fitPx * zoom);
  return { ...brokenScale(totalMs, widthPx, quiets), widthPx: widthPx + END_PX };
}

/** A length that changes seldom though what it is made of changes all the time. */
export function steadyLength(ms: number): number {
  const stepMs = scaleStepMs(Math.max(1, ms) / 1000, 40);
  return Math.max(1_000, Math.ceil((ms * 1.02) / stepMs) * stepMs);
}
