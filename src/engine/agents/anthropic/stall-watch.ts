import type { Clock } from '../../clock.ts';

/** Aborts when nothing has come for too long, or when whoever waits is told to stop. */
export class StallWatch implements Disposable {
  readonly #clock: Clock;
  readonly #ending = new AbortController();
  readonly #outer: AbortSignal;
  readonly #abort = (): void => this.#ending.abort();
  #timer: Disposable | null = null;
  #stalledMs: number | null = null;

  constructor(clock: Clock, outer: AbortSignal) {
    this.#clock = clock;
    this.#outer = outer;
    outer.addEventListener('abort', this.#abort, { once: true });
    if (outer.aborted) this.#abort();
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** How long nothing had come when it gave up; null: it has not. */
  get stalledMs(): number | null {
    return this.#stalledMs;
  }

  /** The next sign of life has to come within this time. */
  expect(withinMs: number): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(withinMs, () => {
      this.#stalledMs = withinMs;
      this.#abort();
    });
  }

  /** What is still under way is not waited for. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#outer.removeEventListener('abort', this.#abort);
    this.#abort();
  }
}
