import { useEffect, useRef, useState } from 'react';

/** A value that changes all the time, taken up at most every so often; 0: at once. */
export function useCalm<T>(value: T, everyMs: number): T {
  const [kept, setKept] = useState(value);
  const since = useRef(0);
  useEffect(() => {
    if (value === kept) return;
    const waitMs = Math.max(0, since.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      since.current = performance.now();
      setKept(value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, kept, everyMs]);
  return everyMs === 0 ? value : kept;
}
