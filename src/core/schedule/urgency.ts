import { parallelSchedule } from './parallel.ts';
import { remainingPaths, reversed, type Problem } from './problem.ts';

/** How much the time that is left in a schedule counts beside the longest remaining path. */
const crowdWeight = 2;

/**
 * The order in which ready tasks are taken, the most urgent least:
 *
 *     urgency = longest remaining path + 2 × time to the end in a schedule pushed to the right
 *
 * The path alone does not see that many tasks on different paths wait for the same places. So the
 * problem is scheduled once by paths, once backwards from where each task ended, and how long
 * before the end a task starts there tells of both. A task is more urgent than all that need it.
 */
export function urgency(problem: Problem): Float64Array {
  const byPath = negated(remainingPaths(problem));
  const forward = parallelSchedule(problem, byPath);
  const back = parallelSchedule(reversed(problem), negated(forward.ends));
  return byPath.map((rank, task) => rank - crowdWeight * (back.ends[task] ?? 0));
}

export const negated = (values: Float64Array): Float64Array => values.map((value) => -value);
