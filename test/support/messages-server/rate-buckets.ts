import type { Clock } from '../../../src/engine/clock.ts';

/** What a key may use a minute; what is left out is not bounded and not told. */
export interface RateLimits {
  readonly requests?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

type Unit = keyof RateLimits;
const units: readonly Unit[] = ['requests', 'inputTokens', 'outputTokens'];
const names: Readonly<Record<Unit, string>> = {
  requests: 'requests',
  inputTokens: 'input-tokens',
  outputTokens: 'output-tokens',
};

/** Token buckets that hold a minute's allowance and are filled evenly. */
export class RateBuckets {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  readonly #levels: Record<Unit, number>;
  #filledAt: number;

  constructor(limits: RateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#filledAt = clock.monotonic();
    this.#levels = {
      requests: limits.requests ?? Infinity,
      inputTokens: limits.inputTokens ?? Infinity,
      outputTokens: limits.outputTokens ?? Infinity,
    };
  }

  /** Takes what a request needs before it is answered; else the seconds after which it would fit. */
  admit(inputTokens: number): { readonly ok: true } | { readonly ok: false; after: number } {
    this.#fill();
    const wanted: Record<Unit, number> = { requests: 1, inputTokens, outputTokens: 1 };
    const waits = units.map((unit) => {
      const limit = this.#limits[unit];
      if (limit === undefined) return 0;
      // A request larger than the whole bucket passes when that is full.
      const missing = Math.min(wanted[unit], limit) - this.#levels[unit];
      return missing <= 0 ? 0 : (missing * 60) / limit;
    });
    const after = Math.max(...waits);
    if (after > 1e-9) return { ok: false, after };
    this.#levels.requests -= 1;
    this.#levels.inputTokens -= inputTokens;
    return { ok: true };
  }

  produced(outputTokens: number): void {
    this.#fill();
    this.#levels.outputTokens -= outputTokens;
  }

  headers(): Record<string, string> {
    this.#fill();
    const headers: Record<string, string> = {};
    for (const unit of units) {
      const limit = this.#limits[unit];
      if (limit === undefined) continue;
      const prefix = `anthropic-ratelimit-${names[unit]}`;
      const level = Math.max(0, this.#levels[unit]);
      const fullInMs = ((limit - level) * 60_000) / limit;
      headers[`${prefix}-limit`] = String(limit);
      headers[`${prefix}-remaining`] = String(Math.floor(level));
      headers[`${prefix}-reset`] = new Date(this.#clock.now() + fullInMs).toISOString();
    }
    return headers;
  }

  #fill(): void {
    const now = this.#clock.monotonic();
    const minutes = (now - this.#filledAt) / 60_000;
    this.#filledAt = now;
    for (const unit of units) {
      const limit = this.#limits[unit];
      if (limit === undefined) continue;
      this.#levels[unit] = Math.min(limit, this.#levels[unit] + limit * minutes);
    }
  }
}
