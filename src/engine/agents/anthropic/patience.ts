import type { Clock } from '../../clock.ts';
import type { Failure } from './failure.ts';

type Passing = Extract<Failure, { kind: 'passing' }>;

/** Tries of one request that may fail before the service counts as down. */
const mostTries = 8;
const [firstWaitMs, longestWaitMs] = [500, 30_000];
/** How long a request may be refused for coming too soon: longer is not a rate, it is a stop. */
const longestLimitedMs = 20 * 60_000;

/** How often and how soon one request is made once more. */
export class Patience {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #began: number;
  #failed = 0;
  #limited = 0;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#began = clock.monotonic();
  }

  get tries(): number {
    return this.#failed + this.#limited;
  }

  get spentMs(): number {
    return this.#clock.monotonic() - this.#began;
  }

  /** Milliseconds until the next try, longer each time and never quite the same; null: no more. */
  next({ limited, afterMs }: Passing): number | null {
    if (limited) {
      // It was not tried at all, and the limiter makes everybody wait.
      this.#limited += 1;
      return this.spentMs > longestLimitedMs ? null : 0;
    }
    this.#failed += 1;
    if (this.#failed >= mostTries) return null;
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#failed - 1));
    const waitMs = longest * (0.5 + this.#random() / 2);
    return Math.ceil(Math.max(waitMs, afterMs ?? 0));
  }
}
