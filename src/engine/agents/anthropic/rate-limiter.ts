import type { Clock } from '../../clock.ts';
import { RateLane, type Turn, type TurnTaker } from './rate-lane.ts';

/**
 * Paces the requests of all agents that share a key, so that none is refused for coming too soon.
 * Each model has a lane, as the service gives each its own allowance; a refusal stops all of them.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #lanes = new Map<string, RateLane>();

  /** The clock must run as the service's does: never sped up. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves when a request to this model may be made that has about so many tokens the service has
   * not cached; first come, first served. Rejects with `signal`'s reason.
   */
  turn(
    model: string,
    inputTokens: number,
    signal: AbortSignal,
    taker: TurnTaker = { seesHeads: true },
  ): Promise<Turn> {
    return this.#lane(model).turn(inputTokens, signal, taker);
  }

  /** Requests that wait now. */
  get waiting(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.waiting, 0);
  }

  #lane(model: string): RateLane {
    const known = this.#lanes.get(model);
    if (known !== undefined) return known;
    const stopAll = (ms: number): void => this.#stopAll(ms);
    const lane = new RateLane(this.#clock, stopAll);
    this.#lanes.set(model, lane);
    return lane;
  }

  #stopAll(ms: number): void {
    for (const lane of this.#lanes.values()) lane.stop(ms);
  }
}
