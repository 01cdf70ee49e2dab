import { useLayoutEffect, type RefObject } from 'react';

/**
 * Where what had the focus is taken away, the focus goes to what it was about instead of being lost:
 * `to` says what that is, once the page is without it.
 */
export function useReturnFocus(
  within: RefObject<HTMLElement | null>,
  to: () => HTMLElement | null | undefined,
): void {
  useLayoutEffect(() => {
    const box = within.current;
    // A button that is no longer enabled loses its focus before it goes.
    let last: EventTarget | null = document.activeElement;
    const moved = ({ target }: FocusEvent): void => {
      last = target;
    };
    document.addEventListener('focusin', moved);
    return () => {
      document.removeEventListener('focusin', moved);
      if (!(last instanceof Node) || box?.contains(last) !== true) return;
      const give = (): void => {
        const { activeElement } = document;
        const lost = activeElement === null || activeElement === document.body;
        if (lost || !activeElement.isConnected) to()?.focus({ preventScroll: true });
      };
      queueMicrotask(() => {
        // Who has gone to an editor meanwhile keeps the keyboard there, until they come back.
        if (document.hasFocus()) give();
        else window.addEventListener('focus', give, { once: true });
      });
    };
    // What it is about is asked for when it goes.
  }, [within, to]);
}
