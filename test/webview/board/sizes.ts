/** The simulated browser draws nothing, so sizes are what a test says they are. */
globalThis.ResizeObserver = class {
  observe(): void {
    // Nothing ever changes its size.
  }
  unobserve(): void {
    // It was not watched.
  }
  disconnect(): void {
    // As before.
  }
};

/** Widths of a row: what there is, and what its content takes at each step of leaving. */
export function rowIs(width: number, takes: readonly number[]): void {
  const of = (name: string, get: (row: HTMLElement) => number): void => {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return get(this);
      },
    });
  };
  of('clientWidth', () => width);
  of('scrollWidth', (row) => takes[Number(row.dataset.gone)] ?? 0);
}
