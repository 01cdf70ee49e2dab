import type { Clock } from '../clock.ts';
import type { ProgressStep } from './agent.ts';

/** The journal takes at most one event of progress a second from an attempt. */
const intervalMs = 1_000;

/** Lets the first step through at once and then the latest of each second; the rest is dropped. */
export class ProgressThrottle {
  readonly #clock: Clock;
  readonly #emit: (step: ProgressStep) => void;
  #latest: ProgressStep | null = null;
  #window: Disposable | null = null;

  constructor(clock: Clock, emit: (step: ProgressStep) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  offer(step: ProgressStep): void {
    if (this.#window === null) this.#let(step);
    else this.#latest = step;
  }

  /** A step still waiting is dropped: the attempt's end says more. */
  [Symbol.dispose](): void {
    this.#window?.[Symbol.dispose]();
    this.#window = null;
    this.#latest = null;
  }

  #let(step: ProgressStep): void {
    this.#latest = null;
    const open = (): void => {
      this.#window = null;
      if (this.#latest !== null) this.#let(this.#latest);
    };
    this.#window = this.#clock.after(intervalMs, open, { background: true });
    this.#emit(step);
  }
}
