import type { CheckPlan, ResourcePlan } from '../../core/plan/plan.ts';
import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';

type Units = ReadonlyMap<string, number>;

interface Waiting {
  readonly units: Units;
  readonly begin: () => void;
}

/**
 * Lets checks that use the same resource take turns, and all others run side by side. Which gates are
 * at work is decided elsewhere, so that together they hold no more than there is; but a gate whose
 * checks want more than that between them, and contracts that are tried before a run begins, need
 * their checks one after the other.
 *
 * A check takes all it uses at once and waits while it holds nothing, so none waits for ever: each is
 * looked at again, the oldest first, whenever one ends.
 */
export class TurnTakingRunner implements CheckRunner {
  readonly #inner: CheckRunner;
  readonly #capacities: Units;
  readonly #free: Map<string, number>;
  readonly #waiting = new Set<Waiting>();

  constructor(inner: CheckRunner, resources: readonly ResourcePlan[]) {
    this.#inner = inner;
    this.#capacities = new Map(resources.map(({ id, capacity }) => [id, capacity]));
    this.#free = new Map(this.#capacities);
  }

  async run(request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    const units = this.#unitsOf(request.check);
    if (units.size === 0) return this.#inner.run(request, signal);
    await this.#turn(units, signal);
    try {
      return await this.#inner.run(request, signal);
    } finally {
      this.#change(units, 1);
      this.#beginWaiting();
    }
  }

  /** Who uses more than there is uses all there is, as where gates are started. */
  #unitsOf({ resources }: CheckPlan): Units {
    const units = new Map<string, number>();
    for (const { resource, amount } of resources) {
      const sum = (units.get(resource) ?? 0) + amount;
      units.set(resource, Math.min(sum, this.#capacities.get(resource) ?? 0));
    }
    return units;
  }

  /** Resolves once the units are taken; rejects with the signal's reason, and takes none. */
  #turn(units: Units, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      const begin = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const waiting = { units, begin };
      if (signal.aborted) {
        stop();
        return;
      }
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.add(waiting);
      this.#beginWaiting();
    });
  }

  #beginWaiting(): void {
    for (const each of this.#waiting) {
      const fits = [...each.units].every(([id, amount]) => (this.#free.get(id) ?? 0) >= amount);
      if (!fits) continue;
      this.#waiting.delete(each);
      this.#change(each.units, -1);
      each.begin();
    }
  }

  #change(units: Units, by: 1 | -1): void {
    for (const [id, amount] of units) {
      this.#free.set(id, (this.#free.get(id) ?? 0) + by * amount);
    }
  }
}
