import { remainingPaths, reversed, type Problem } from './problem.ts';

/** From this many tasks on, only the cheap bounds are taken. */
const maxTasksForIntervals = 130;

/**
 * No schedule is shorter: the longest path, each resource's load over its capacity, and, where
 * the problem is small, the load that must fall between any two moments (Fernandez and Bussell,
 * 1973, with each task pushed as far out of the interval as its paths let it).
 */
export function lowerBound(problem: Problem): number {
  const tails = remainingPaths(problem);
  let bound = tails.reduce((most, each) => Math.max(most, each), 0);
  const heads = remainingPaths(reversed(problem));
  for (let resource = 0; resource < problem.capacities.length; resource++) {
    const users = usersOf(problem, resource);
    if (users.length === 0) continue;
    const load = users.reduce((sum, { amount, duration }) => sum + amount * duration, 0);
    bound = Math.max(bound, load / (problem.capacities[resource] ?? 1));
    if (users.length <= maxTasksForIntervals) {
      bound = intervalBound(users, heads, tails, problem.capacities[resource] ?? 1, bound);
    }
  }
  return bound;
}

interface User {
  readonly task: number;
  readonly amount: number;
  readonly duration: number;
}

function usersOf({ demands, durations }: Problem, resource: number): User[] {
  return demands.flatMap((held, task) =>
    held
      .filter((demand) => demand.resource === resource)
      .map(({ amount }) => ({ task, amount, duration: durations[task] ?? 0 })),
  );
}

/**
 * `heads` and `tails` hold each task's own time. Between `from` and `to` before the end there must
 * be room for what neither an early nor a late start takes out of it.
 */
function intervalBound(
  users: readonly User[],
  heads: Float64Array,
  tails: Float64Array,
  capacity: number,
  known: number,
): number {
  let bound = known;
  const head = (user: User): number => heads[user.task] ?? 0;
  const tail = (user: User): number => tails[user.task] ?? 0;
  const froms = new Set(users.map((user) => head(user) - user.duration));
  const tos = new Set(users.map((user) => tail(user) - user.duration));
  for (const from of froms) {
    const late = users.filter((user) => head(user) > from);
    for (const to of tos) {
      const length = bound - from - to;
      if (length <= 0) continue;
      let load = 0;
      for (const user of late) {
        const inside = Math.min(user.duration, head(user) - from, tail(user) - to, length);
        if (inside > 0) load += inside * user.amount;
      }
      bound = Math.max(bound, from + to + load / capacity);
    }
  }
  return bound;
}
