import { ParallelScheduler } from './parallel.ts';
import { reversed, type Problem } from './problem.ts';
import { seeded } from './random.ts';
import { sameTime, type Schedule } from './schedule.ts';
import { SerialScheduler } from './serial.ts';
import { negated, urgency } from './urgency.ts';

/** How long to search, and in which of the many orders. */
export interface SearchOptions {
  readonly seed: number;
  /** A schedule this short cannot be beaten. */
  readonly bound: number;
  /** Asked before each schedule with how many were made; the core has no clock of its own. */
  readonly mayGoOn: (tried: number) => boolean;
}

export interface SearchResult {
  readonly schedule: Schedule;
  /** How many schedules were made, forward and backward. */
  readonly tried: number;
}

/** By how many mean durations a priority is moved at most, in turn. */
const shakes = [0.7, 1.5, 3];
/** How often it starts from the best so far, and how often tasks are placed one by one. */
const fromBest = 0.6;
const placedSerially = 0.5;
/** A schedule that is worse than the best by more than this is not worth improving. */
const worthImproving = 1.1;
/** How often it goes on from a worse schedule, so that it does not stay where it is. */
const goesAstray = 0.01;

/**
 * Looks for a shorter schedule than the one that the run loop would make: draws priorities around
 * urgency and around the best found, and improves what comes of them by scheduling backwards from
 * the ends and forwards again (forward-backward improvement, Li and Willis, 1992). The same seed
 * and the same number of schedules give the same result.
 */
export function searchSchedule(problem: Problem, options: SearchOptions): SearchResult {
  return new Search(problem, options).run();
}

class Search {
  readonly #problem: Problem;
  readonly #options: SearchOptions;
  readonly #parallel: ParallelScheduler;
  readonly #serial: SerialScheduler;
  readonly #backwards: SerialScheduler;
  readonly #random: () => number;
  #tried = 0;

  constructor(problem: Problem, options: SearchOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#parallel = new ParallelScheduler(problem);
    this.#serial = new SerialScheduler(problem);
    this.#backwards = new SerialScheduler(reversed(problem));
    this.#random = seeded(options.seed);
  }

  run(): SearchResult {
    const { size, durations } = this.#problem;
    const { bound } = this.#options;
    const mean = durations.reduce((sum, each) => sum + each, 0) / Math.max(1, size);
    const urgent = urgency(this.#problem);
    // It takes two schedules to tell urgency.
    this.#tried = 3;
    let best = this.#improved(this.#parallel.schedule(urgent));
    let current = best;
    const rank = new Float64Array(size);
    for (let turn = 0; best.makespan > bound + sameTime && this.#mayGoOn(); turn++) {
      const isNear = this.#random() < fromBest;
      // Urgency counts time about three times over.
      const shake = 2 * mean * (shakes[turn % shakes.length] ?? 1) * (isNear ? 1 : 3);
      const around = isNear ? current.starts : urgent;
      for (let task = 0; task < size; task++) {
        rank[task] = (around[task] ?? 0) + shake * (this.#random() - 0.5);
      }
      const scheme = this.#random() < placedSerially ? this.#serial : this.#parallel;
      this.#tried += 1;
      let found: Schedule = scheme.schedule(rank);
      if (found.makespan <= best.makespan * worthImproving) found = this.#improved(found);
      if (found.makespan < best.makespan - sameTime) best = found;
      if (found.makespan <= current.makespan || this.#random() < goesAstray) current = found;
    }
    return { schedule: best, tried: this.#tried };
  }

  /** Backwards and forwards again for as long as it helps; never worse than what it began with. */
  #improved(schedule: Schedule): Schedule {
    let best = schedule;
    while (best.makespan > this.#options.bound + sameTime && this.#mayGoOn()) {
      const back = this.#backwards.schedule(negated(best.ends));
      this.#tried += 1;
      if (!this.#mayGoOn()) break;
      const again = this.#serial.schedule(negated(back.ends));
      this.#tried += 1;
      if (again.makespan >= best.makespan - sameTime) {
        return again.makespan <= best.makespan ? again : best;
      }
      best = again;
    }
    return best;
  }

  #mayGoOn(): boolean {
    return this.#options.mayGoOn(this.#tried);
  }
}
