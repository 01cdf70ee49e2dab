import type { RunEvent } from '../../core/events.ts';
import type { RunState } from '../../core/state.ts';

/** Tells builders at work what became of handoffs, once it is durable. */
export class HandoffNews {
  readonly #listeners = new Set<() => void>();
  #state: RunState | null = null;

  /** The newest durable state; null before the first event. */
  get state(): RunState | null {
    return this.#state;
  }

  observe(added: readonly RunEvent[], state: RunState): void {
    this.#state = state;
    if (!added.some(({ type }) => type === 'handoff-delivered' || type === 'handoff-withdrawn')) {
      return;
    }
    for (const listener of [...this.#listeners]) listener();
  }

  /** `listener` must not throw. */
  follow(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }
}
