import { useEffect, useRef } from 'react';

/** Closes it from within, and from wherever nothing else takes the key. */
export function useEscape(within: React.RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const at = event.target instanceof Node ? event.target : null;
      if (at === document.body || within.current?.contains(at) === true) latest.current();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, [within]);
}
