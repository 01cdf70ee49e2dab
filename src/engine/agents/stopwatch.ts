import type { Clock } from '../clock.ts';

/** Counts the time at work in milliseconds; pauses are left out. */
export class Stopwatch {
  readonly #clock: Clock;
  #before = 0;
  /** When it was last set going; null while it stands. */
  #since: number | null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.monotonic();
  }

  get elapsedMs(): number {
    return this.#before + (this.#since === null ? 0 : this.#clock.monotonic() - this.#since);
  }

  get running(): boolean {
    return this.#since !== null;
  }

  stop(): void {
    this.#before = this.elapsedMs;
    this.#since = null;
  }

  go(): void {
    this.#since ??= this.#clock.monotonic();
  }
}
