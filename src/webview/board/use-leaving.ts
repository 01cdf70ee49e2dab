import { useLayoutEffect, type RefObject } from 'react';

/** How many steps there are: at the fifth the rest is drawn in less room, at each other one leaves. */
const MOST_GONE = 8;
/** What has left comes back when the others have been narrower for this long. */
const BACK_MS = 2_000;

/**
 * Lets metrics leave a row that is too narrow for them, in the order that their style says, and
 * come back. Measured, because names, amounts and fonts differ too much for fixed widths; but only
 * when a width has changed, which most changes of a figure do not: each measuring lays out the page.
 */
export function useLeaving(row: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const metrics = row.current;
    if (metrics === null) return;
    let back: ReturnType<typeof setTimeout> | null = null;
    fitRow(metrics);
    let width = metrics.clientWidth;
    const sizes = new ResizeObserver(() => {
      if (metrics.scrollWidth > metrics.clientWidth || metrics.clientWidth !== width) {
        width = metrics.clientWidth;
        fitRow(metrics);
      } else if (metrics.dataset.gone !== '0') {
        back ??= setTimeout(() => {
          back = null;
          fitRow(metrics);
        }, BACK_MS);
      }
    });
    const watch = (): void => {
      sizes.disconnect();
      for (const each of [metrics, ...metrics.children]) sizes.observe(each);
    };
    watch();
    const others = new MutationObserver(watch);
    others.observe(metrics, { childList: true });
    return () => {
      sizes.disconnect();
      others.disconnect();
      if (back !== null) clearTimeout(back);
    };
  }, [row]);
}

function fitRow(metrics: HTMLElement): void {
  const left: number[] = [];
  for (let gone = 0; gone <= MOST_GONE; gone++) {
    if (gone > 0) left.push(gone);
    metrics.dataset.gone = String(gone);
    metrics.dataset.left = left.join(' ');
    if (metrics.scrollWidth <= metrics.clientWidth) return;
  }
}
