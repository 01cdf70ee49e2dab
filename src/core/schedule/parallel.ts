import { IntHeap } from './int-heap.ts';
import type { Problem } from './problem.ts';
import type { Schedule } from './schedule.ts';

/** The order in which tasks are taken, the least first; `fifo`: as they became ready. */
export type Rank = Float64Array | 'fifo';

export function parallelSchedule(problem: Problem, rank: Rank): Schedule {
  return new ParallelScheduler(problem).schedule(rank);
}

/**
 * The parallel scheme: time goes from one event to the next, and whatever is ready and finds all
 * it holds free starts, the least `rank` first. Nothing that could start ever waits.
 * This is what the run loop does, so a schedule of this kind is one that a run can follow.
 *
 * Costs O((n + e) log n) where tasks hold nothing but places; a task that finds something else
 * held is looked at again each time that something comes free. Working space is kept from one
 * schedule to the next.
 */
export class ParallelScheduler {
  readonly #problem: Problem;
  readonly #open: Int32Array;
  readonly #free: Int32Array;
  readonly #lane: Int32Array;
  /** Ready tasks that found a resource held, by resource: they are ready again when it comes free. */
  readonly #parked: number[][];
  readonly #rank: Float64Array;
  readonly #lanes: readonly IntHeap[];
  #arrived = 0;
  #fifo = false;

  constructor(problem: Problem) {
    const { size, capacities, demands } = problem;
    this.#problem = problem;
    this.#open = new Int32Array(size);
    this.#free = new Int32Array(capacities.length);
    this.#parked = capacities.map(() => []);
    this.#rank = new Float64Array(size);
    // Ready tasks wait in a lane by the first thing they hold; the last lane is for the others.
    this.#lane = Int32Array.from(demands, ([first]) => first?.resource ?? capacities.length);
    const counts = new Int32Array(capacities.length + 1);
    for (const lane of this.#lane) counts[lane] = (counts[lane] ?? 0) + 1;
    this.#lanes = Array.from(counts, (count) => new IntHeap(count, this.#rank));
  }

  schedule(rank: Rank): Schedule {
    const { size, durations, needs, followers, demands, capacities } = this.#problem;
    const open = this.#open;
    const free = this.#free;
    const lanes = this.#lanes;
    const starts = new Float64Array(size);
    const ends = new Float64Array(size);
    const running = new IntHeap(size, ends);
    this.#fifo = rank === 'fifo';
    this.#arrived = 0;
    if (rank !== 'fifo') this.#rank.set(rank);
    free.set(capacities);
    for (let task = 0; task < size; task++) {
      const count = needs[task]?.length ?? 0;
      open[task] = count;
      if (count === 0) this.#arrive(task);
    }
    let now = 0;
    for (;;) {
      for (let task = this.#next(); task !== -1; task = this.#next()) {
        for (const { resource, amount } of demands[task] ?? []) {
          free[resource] = (free[resource] ?? 0) - amount;
        }
        starts[task] = now;
        ends[task] = now + (durations[task] ?? 0);
        running.add(task);
      }
      let ended = running.take();
      if (ended === -1) break;
      now = ends[ended] ?? now;
      while (ended !== -1) {
        for (const { resource, amount } of demands[ended] ?? []) {
          free[resource] = (free[resource] ?? 0) + amount;
          const parked = this.#parked[resource] ?? [];
          for (const waiting of parked) this.#ready(waiting);
          parked.length = 0;
        }
        for (const next of followers[ended] ?? []) {
          const left = (open[next] ?? 0) - 1;
          open[next] = left;
          if (left === 0) this.#arrive(next);
        }
        ended = ends[running.first()] === now ? running.take() : -1;
      }
    }
    for (const lane of lanes) {
      if (lane.size > 0) throw new Error('a task never found what it holds free');
    }
    return { starts, ends, makespan: now };
  }

  #arrive(task: number): void {
    if (this.#fifo) this.#rank[task] = this.#arrived++;
    this.#ready(task);
  }

  #ready(task: number): void {
    this.#lanes[this.#lane[task] ?? 0]?.add(task);
  }

  /** The ready task of the least rank that finds all it holds free; -1 where there is none. */
  #next(): number {
    const free = this.#free;
    for (;;) {
      let best = -1;
      for (let lane = 0; lane < this.#lanes.length; lane++) {
        if (free[lane] === 0) continue;
        const first = this.#lanes[lane]?.first() ?? -1;
        if (first === -1 || (best !== -1 && !this.#isBefore(first, best))) continue;
        best = first;
      }
      if (best === -1) return -1;
      this.#lanes[this.#lane[best] ?? 0]?.take();
      const scarce = this.#scarce(best);
      if (scarce === -1) return best;
      this.#parked[scarce]?.push(best);
    }
  }

  #scarce(task: number): number {
    for (const { resource, amount } of this.#problem.demands[task] ?? []) {
      if ((this.#free[resource] ?? 0) < amount) return resource;
    }
    return -1;
  }

  #isBefore(a: number, b: number): boolean {
    const [rankA, rankB] = [this.#rank[a] ?? 0, this.#rank[b] ?? 0];
    return rankA < rankB || (rankA === rankB && a < b);
  }
}
