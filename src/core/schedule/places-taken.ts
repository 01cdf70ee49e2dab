import { IntHeap } from './int-heap.ts';
import type { Problem } from './problem.ts';
import { sameTime, type Schedule } from './schedule.ts';

/**
 * Which of a pool's places each of its tasks takes, from 0: the first one that is free when it
 * starts. -1 for tasks that take none.
 */
export function placesTaken(problem: Problem, schedule: Schedule, pool: number): Int32Array {
  const { starts, ends } = schedule;
  const taken = new Int32Array(problem.size).fill(-1);
  const tasks = [...problem.demands.keys()]
    .filter((task) => problem.demands[task]?.some(({ resource }) => resource === pool))
    .sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  const count = problem.capacities[pool] ?? 0;
  const used = Math.min(count, tasks.length);
  const free = new IntHeap(
    used,
    Float64Array.from({ length: used }, (_, place) => place),
  );
  for (let place = 0; place < used; place++) free.add(place);
  const running = new IntHeap(problem.size, ends);
  for (const task of tasks) {
    while (running.size > 0 && (ends[running.first()] ?? 0) <= (starts[task] ?? 0) + sameTime) {
      free.add(taken[running.take()] ?? 0);
    }
    taken[task] = free.take();
    running.add(task);
  }
  return taken;
}
