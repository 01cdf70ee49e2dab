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
      setNow((last) => (jumps || Math.abs(next - last) >= everyMs - 100 ? next : last));
    };
    listeners.add(renew);
    timer ??= setInterval(() => {
      for (const each of listeners) each(false);
    }, 1000);
    return () => {
      listeners.delete(renew);
      if (listeners.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  }, [everyMs]);
  return now;
}
