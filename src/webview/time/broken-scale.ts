import { t } from '../../core/language.ts';
import { lengthOf, type Quiet } from '../../core/projections/quiet.ts';
import { duration } from '../../core/projections/words.ts';
import { scaleStepMs } from './time-scale.ts';

/** Wide enough for its mark. */
const BREAK_PX = 28;
/** All breaks together, of the width there is. */
const MOST_SHARE = 0.3;
/** What the words of two ticks need between their middles. */
const TICK_PX = 56;

/** A long quiet stretch where it is drawn, narrower than it was long. */
export interface Break {
  readonly quiet: Quiet;
  readonly fromPx: number;
  readonly toPx: number;
}

/** Places by time and back: even everywhere but in breaks, and always rising. */
export interface BrokenScale {
  /** Outside of breaks. */
  readonly pxPerMs: number;
  readonly breaks: readonly Break[];
  readonly x: (ms: number) => number;
  readonly msAt: (px: number) => number;
}

/** @param quiets in the order of time, apart from each other, and within the length */
export function brokenScale(
  totalMs: number,
  widthPx: number,
  quiets: readonly Quiet[],
): BrokenScale {
  const width = Math.max(1, widthPx);
  const breakPx = Math.min(BREAK_PX, (width * MOST_SHARE) / Math.max(1, quiets.length));
  const evenMs = totalMs - quiets.reduce((sum, quiet) => sum + lengthOf(quiet), 0);
  const pxPerMs = (width - breakPx * quiets.length) / Math.max(1, evenMs);
  const breaks: Break[] = [];
  let [ms, px] = [0, 0];
  for (const quiet of quiets) {
    const fromPx = px + (quiet.fromMs - ms) * pxPerMs;
    [ms, px] = [quiet.toMs, fromPx + breakPx];
    breaks.push({ quiet, fromPx, toPx: px });
  }
  return {
    ...{ pxPerMs, breaks },
    x: (at) => {
      const last = breaks.findLast(({ quiet }) => quiet.fromMs <= at);
      if (last === undefined) return at * pxPerMs;
      const { quiet, fromPx, toPx } = last;
      if (at >= quiet.toMs) return toPx + (at - quiet.toMs) * pxPerMs;
      return fromPx + ((at - quiet.fromMs) / lengthOf(quiet)) * (toPx - fromPx);
    },
    msAt: (at) => {
      const last = breaks.findLast(({ fromPx }) => fromPx <= at);
      if (last === undefined) return at / pxPerMs;
      const { quiet, fromPx, toPx } = last;
      if (at >= toPx) return quiet.toMs + (at - toPx) / pxPerMs;
      return quiet.fromMs + ((at - fromPx) / (toPx - fromPx)) * lengthOf(quiet);
    },
  };
}

/** The moments that are marked between two places, none in a break and none so near that words meet. */
export function brokenMarks(scale: BrokenScale, fromPx: number, toPx: number): number[] {
  const { pxPerMs, breaks, x, msAt } = scale;
  const stepMs = scaleStepMs(1 / pxPerMs);
  const marks: number[] = [];
  let ms = Math.max(0, Math.floor(msAt(Math.max(0, fromPx)) / stepMs) * stepMs);
  while (x(ms) <= toPx) {
    const px = x(ms);
    const near = breaks.findLast((each) => each.fromPx < px);
    if (near !== undefined && px < near.toPx) {
      ms = Math.max(ms + stepMs, Math.ceil(near.quiet.toMs / stepMs) * stepMs);
      continue;
    }
    if (near === undefined || px >= near.fromPx + TICK_PX) marks.push(ms);
    ms += stepMs;
  }
  return marks;
}

/** For whoever points at it or hears it. */
export function breakWords({ quiet }: Break): string {
  const took = duration(lengthOf(quiet));
  return quiet.forYou
    ? t('{0} waiting for you, drawn short', took)
    : t('{0} in which nothing happened, drawn short', took);
}
