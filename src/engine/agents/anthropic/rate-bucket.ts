import type { RateNow } from './rate-headers.ts';

/**
 * One thing that is allowed a minute, as the service counts it: a bucket that is filled evenly. It
 * begins without bounds, and learns them from what the service says.
 */
export class RateBucket {
  /** How much of a minute's allowance may be taken at once. */
  readonly #burst: number;
  #limit = Infinity;
  #level = Infinity;
  #filledAt = 0;

  constructor(burst: number) {
    this.#burst = burst;
  }

  /** Milliseconds until so much may be taken; 0: now. */
  waitMs(wanted: number, now: number): number {
    this.#fill(now);
    const missing = Math.min(wanted, this.#cap) - this.#level;
    return missing <= 0 ? 0 : (missing * 60_000) / this.#limit;
  }

  /** Negative: gives back what was taken too much. */
  take(amount: number, now: number): void {
    this.#fill(now);
    this.#level = Math.min(this.#cap, this.#level - amount);
  }

  /** The service has told what is left; `pending` is what it could not know of yet. */
  learn({ limit, remaining }: RateNow, pending: number, now: number): void {
    this.#fill(now);
    this.#limit = limit;
    // Others may use the same key: what is left counts, never what should be.
    this.#level = Math.min(this.#level, this.#cap, remaining - pending);
  }

  get limit(): number | null {
    return this.#limit === Infinity ? null : this.#limit;
  }

  get #cap(): number {
    return this.#limit === Infinity ? Infinity : Math.max(1, this.#limit * this.#burst);
  }

  #fill(now: number): void {
    const minutes = (now - this.#filledAt) / 60_000;
    this.#filledAt = now;
    if (this.#limit === Infinity) return;
    this.#level = Math.min(this.#cap, this.#level + this.#limit * minutes);
  }
}
