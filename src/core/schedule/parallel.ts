import { IntHeap } from './int-heap.ts';
import type { Demand, Problem } from './problem.ts';
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
 * Costs O((n + e) log n), times the number of different demands that there are: those that hold the
 * same wait in one line, of which only the first is looked at. Working space is kept from one schedule
 * to the next.
 */
export class ParallelScheduler {
  readonly #problem: Problem;
  readonly #open: Int32Array;
  readonly #free: Int32Array;
  readonly #lane: Int32Array;
  /** What the tasks of a lane hold, each of them the same. */
  readonly #holds: readonly (readonly Demand[])[];
  readonly #rank: Float64Array;
  readonly #lanes: readonly IntHeap[];
  #arrived = 0;
  #fifo = false;

  constructor(problem: Problem) {
    const { size, capacities, demands } = problem;
    this.#problem = problem;
    this.#open = new Int32Array(size);
    this.#free = new Int32Array(capacities.length);
    this.#rank = new Float64Array(size);
    const { holds, lane } = lanesOf(demands);
    this.#holds = holds;
    this.#lane = lane;
    const counts = new Int32Array(holds.length);
    for (const each of lane) counts[each] = (counts[each] ?? 0) + 1;
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
    let best = -1;
    for (let lane = 0; lane < this.#lanes.length; lane++) {
      const first = this.#lanes[lane]?.first() ?? -1;
      if (first === -1 || (best !== -1 && !this.#isBefore(first, best))) continue;
      if (this.#fits(lane)) best = first;
    }
    if (best !== -1) this.#lanes[this.#lane[best] ?? 0]?.take();
    return best;
  }

  #fits(lane: number): boolean {
    for (const { resource, amount } of this.#holds[lane] ?? []) {
      if ((this.#free[resource] ?? 0) < amount) return false;
    }
    return true;
  }

  #isBefore(a: number, b: number): boolean {
    const [rankA, rankB] = [this.#rank[a] ?? 0, this.#rank[b] ?? 0];
    return rankA < rankB || (rankA === rankB && a < b);
  }
}

/** A lane for each different demand, by task. */
function lanesOf(demands: readonly (readonly Demand[])[]): {
  readonly holds: readonly (readonly Demand[])[];
  readonly lane: Int32Array;
} {
  const holds: (readonly Demand[])[] = [];
  const known = new Map<string, number>();
  const lane = Int32Array.from(demands, (its) => {
    const key = its.map(({ resource, amount }) => `${resource}:${amount}`).join(' ');
    const found = known.get(key) ?? holds.length;
    if (found === holds.length) {
      known.set(key, found);
      holds.push(its);
    }
    return found;
  });
  return { holds, lane };
}
