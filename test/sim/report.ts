import type { RunEvent } from '../../src/core/events.ts';
import { laws } from '../../src/core/laws.ts';
import { SimulationFailure } from './failure.ts';
import type { Simulated } from './simulation.ts';

/** What many seeds came to. */
export class Tally {
  readonly #started = performance.now();
  readonly #outcomes = new Map<string, number>();
  readonly #types = new Map<RunEvent['type'], number>();
  seeds = 0;
  #events = 0;
  #decisions = 0;
  #crashes = 0;
  #torn = 0;
  #drivers = 0;
  #refusals = 0;
  #slowest = { seed: 0, events: 0 };

  add({ seed, events, decisions, crashes, torn, drivers, outcome, refusals }: Simulated): void {
    this.seeds++;
    this.#events += events.length;
    this.#decisions += decisions;
    this.#crashes += crashes;
    this.#torn += torn;
    this.#drivers += drivers;
    this.#refusals += refusals;
    count(this.#outcomes, outcome);
    for (const { type } of events) count(this.#types, type);
    if (events.length > this.#slowest.events) this.#slowest = { seed, events: events.length };
  }

  toString(): string {
    const seconds = (performance.now() - this.#started) / 1000;
    const list = (of: Map<string, number>): string =>
      [...of]
        .sort(([, a], [, b]) => b - a)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ');
    return [
      `${this.seeds} seeds in ${seconds.toFixed(1)} s (${(this.seeds / seconds).toFixed(1)} a second)`,
      `${this.#decisions} decisions, ${this.#events} events; ${laws.length} laws and all indices held after each`,
      `${this.#crashes} crashes, ${this.#torn} of them within a decision; ${this.#drivers} drivers`,
      `outcomes: ${list(this.#outcomes)}; ${this.#refusals} commands refused`,
      `events: ${list(this.#types)}`,
      `longest: seed ${this.#slowest.seed} with ${this.#slowest.events} events`,
    ].join('\n');
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** All that is needed to look into a seed that failed. */
export function explain(seed: number, error: unknown): string {
  const lines = [`seed ${seed}`];
  if (error instanceof SimulationFailure) {
    lines.push(error.message, 'the last events:');
    for (const event of error.events) lines.push(`  ${JSON.stringify(event).slice(0, 300)}`);
  } else lines.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  lines.push(`to see it again: npm run sim -- --seed ${seed}`);
  return lines.join('\n');
}
