import type { Clock } from '../clock.ts';

/** Lets the first through at once and then the latest of each interval; the rest is dropped. */
export class Throttle<Told> implements Disposable {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #emit: (told: Told) => void;
  #latest: { readonly told: Told } | null = null;
  #window: Disposable | null = null;

  constructor(clock: Clock, everyMs: number, emit: (told: Told) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#emit = emit;
  }

  offer(told: Told): void {
    if (this.#window === null) this.#let(told);
    else this.#latest = { told };
  }

  /** What still waits is dropped: the end says more. */
  [Symbol.dispose](): void {
    this.#window?.[Symbol.dispose]();
    this.#window = null;
    this.#latest = null;
  }

  #let(told: Told): void {
    this.#latest = null;
    const open = (): void => {
      this.#window = null;
      if (this.#latest !== null) this.#let(this.#latest.told);
    };
    this.#window = this.#clock.after(this.#everyMs, open, { background: true });
    this.#emit(told);
  }
}
