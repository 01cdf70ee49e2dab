import { useLayoutEffect, type RefObject } from 'react';

/** How many kinds of metrics can leave; after them the rest is drawn in less room. */
const MOST_GONE = 5;

/**
 * Lets metrics leave a row that is too narrow for them, in the order that their style says, and
 * come back. Measured, because names, amounts and fonts differ too much for fixed widths.
 */
export function useLeaving(row: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const metrics = row.current;
    if (metrics === null) return;
    const fit = (): void => fitRow(metrics);
    fit();
    const size = new ResizeObserver(fit);
    size.observe(metrics);
    const text = new MutationObserver(fit);
    text.observe(metrics, { childList: true, characterData: true, subtree: true });
    return () => {
      size.disconnect();
      text.disconnect();
    };
  }, [row]);
}

function fitRow(metrics: HTMLElement): void {
  for (let gone = 0; gone <= MOST_GONE; gone++) {
    metrics.setAttribute('data-gone', String(gone));
    if (metrics.scrollWidth <= metrics.clientWidth) return;
  }
}
