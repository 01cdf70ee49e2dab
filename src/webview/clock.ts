import { useEffect, useState } from 'react';

/** What the host's clock is ahead of this one: they differ where the host runs elsewhere. */
let skewMs = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Told whenever the host says what time it is. */
export function setHostTime(hostMs: number): void {
  skewMs = hostMs - Date.now();
}

const hostNow = (): number => Date.now() + skewMs;

/** The host's time, UTC milliseconds, renewed about every `everyMs`. All users share one timer. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(hostNow);
  useEffect(() => {
    const renew = (): void => {
      const next = hostNow();
      // A little early is better than a whole tick late.
      setNow((last) => (Math.abs(next - last) >= everyMs - 100 ? next : last));
    };
    listeners.add(renew);
    timer ??= setInterval(() => {
      for (const each of listeners) each();
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
