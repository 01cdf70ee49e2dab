import { act, type ReactElement } from 'react';
import { vi } from 'vitest';
import { Page } from '../page.ts';

/** What the graph's library asks of a browser and jsdom has not: sizes. */
const [WIDTH, HEIGHT] = [1440, 900];

class StillObserver {
  observe(): void {
    // Nothing is ever resized.
  }
  unobserve(): void {
    // Nothing was observed.
  }
  disconnect(): void {
    // Nothing was observed.
  }
}

class Matrix {
  readonly m22 = 1;
}

Object.assign(globalThis, { ResizeObserver: StillObserver, DOMMatrixReadOnly: Matrix });
for (const [name, value] of [
  ['offsetWidth', WIDTH],
  ['offsetHeight', HEIGHT],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { get: () => value });
}

/** A page on which the graph has a size, and every node is in sight. */
export class FlowPage extends Page {
  /** With all that it fetches when it is first shown. */
  override async show(view: ReactElement): Promise<this> {
    await super.show(view);
    await act(() => vi.dynamicImportSettled());
    return this;
  }

  node(node: number): HTMLElement {
    const [element] = this.all(`[data-node="${node}"]`);
    if (element === undefined) throw new Error(`no node ${node}`);
    return element;
  }

  /** Of modules and gates, as they are read aloud. */
  get labels(): string[] {
    return this.all('[data-node]').map((each) => spokenName(each));
  }
}

/** What is read aloud of a card: all its text, in its order. */
export const spokenName = (element: Element): string =>
  [...element.querySelectorAll('*')]
    .flatMap(({ childNodes }) => [...childNodes])
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map((text) => text.textContent?.trim())
    .filter((text) => text !== '')
    .join(' ');
