import { useEffect, useState } from 'react';

/** What the host's clock is ahead of this one: they differ where the host runs elsewhere. */
let skewMs = 0;
const listeners = new Set<(jumps: boolean) => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Told whenever the host says what time it is. */
export function setHostTime(hostMs: number): void {
  skewMs = hostMs - Date.now();
}

/** The earlier moment that is looked at, UTC milliseconds; null: the present. */
let momentMs: number | null = null;

/** Ages and elapsed times are told as of this moment. */
export function setMoment(ms: number | null): void {
  if (ms === momentMs) return;
  momentMs = ms;
  for (const each of listeners) each(true);
}

const shownNow = (): number => momentMs ?? Date.now() + skewMs;

/** What is renewed with the board before this much time waits for the next picture of it, or the timer. */
const EARLY_MS = 700;
/** A little less than the timer's step, so that none of its steps is left out. */
const STEP_MS = 950;
let tickedAt = Number.NEGATIVE_INFINITY;

/**
 * Renews what goes on by itself, where that is due. Whoever draws the board again in any case says so
 * here: a picture more each second, for a figure or two, is a picture too many.
 */
export function tick(dueMs = EARLY_MS): void {
  const now = performance.now();
  if (now - tickedAt < dueMs) return;
  tickedAt = now;
  for (const each of listeners) each(false);
}

/**
 * The time that is shown, UTC milliseconds: the host's, renewed about every `everyMs`, or the
 * moment's where the past is looked at. All users share one timer.
 */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(shownNow);
  useEffect(() => {
    const renew = (jumps: boolean): void => {
      const next = shownNow();
      // A little early is better than a whole tick late.
      setNow((last) => (jumps || Math.abs(next - last) >= everyMs - 400 ? next : last));
    };
    listeners.add(renew);
    timer ??= setInterval(() => tick(STEP_MS), 1000);
    return () => {
      listeners.delete(renew);
      if (listeners.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  }, [everyMs]);
  return now;
}
