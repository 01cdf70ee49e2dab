import { IntHeap } from './int-heap.ts';
import type { Problem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { Usage } from './usage.ts';

/**
 * The serial scheme: one task after the other, the least `rank` of those whose needs are placed,
 * each as early as what it holds is free. Some optimum is always among its schedules, though a task
 * may wait beside what it could have; the run loop cannot follow such a one without holding back.
 */
export class SerialScheduler {
  readonly #problem: Problem;
  readonly #usage: Usage;
  readonly #open: Int32Array;
  readonly #rank: Float64Array;
  readonly #eligible: IntHeap;

  constructor(problem: Problem) {
    this.#problem = problem;
    this.#usage = new Usage(problem.capacities, problem.size);
    this.#open = new Int32Array(problem.size);
    this.#rank = new Float64Array(problem.size);
    this.#eligible = new IntHeap(problem.size, this.#rank);
  }

  schedule(rank: Float64Array): Schedule {
    const { size, durations, needs, followers, demands } = this.#problem;
    const starts = new Float64Array(size);
    const ends = new Float64Array(size);
    this.#rank.set(rank);
    this.#usage.clear();
    for (let task = 0; task < size; task++) {
      const count = needs[task]?.length ?? 0;
      this.#open[task] = count;
      if (count === 0) this.#eligible.add(task);
    }
    let makespan = 0;
    for (let task = this.#eligible.take(); task !== -1; task = this.#eligible.take()) {
      let earliest = 0;
      for (const need of needs[task] ?? []) earliest = Math.max(earliest, ends[need] ?? 0);
      const duration = durations[task] ?? 0;
      const held = demands[task] ?? [];
      const start = this.#usage.firstFit(earliest, duration, held);
      const end = start + duration;
      if (duration > 0 && held.length > 0) this.#usage.hold(start, end, held);
      starts[task] = start;
      ends[task] = end;
      makespan = Math.max(makespan, end);
      for (const next of followers[task] ?? []) {
        const left = (this.#open[next] ?? 0) - 1;
        this.#open[next] = left;
        if (left === 0) this.#eligible.add(next);
      }
    }
    return { starts, ends, makespan };
  }
}
