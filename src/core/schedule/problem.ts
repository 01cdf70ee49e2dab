/** Something that tasks hold units of while they run; a pool's places are one more of these. */
export interface Demand {
  /** An index into the problem's capacities. */
  readonly resource: number;
  /** At least 1, at most its capacity. */
  readonly amount: number;
}

/** One piece of work, with what it waits for and what it holds. */
export interface Task {
  /** Not negative; in whatever unit of time the caller thinks. */
  readonly duration: number;
  /** Tasks that must have ended, by index; each once. */
  readonly needs: readonly number[];
  readonly demands: readonly Demand[];
}

/**
 * Tasks that wait for each other and share what there is only so much of: the resource-constrained
 * project scheduling problem. With one resource that each task holds one unit of, it is that of
 * identical machines.
 */
export interface Problem {
  readonly size: number;
  readonly durations: Float64Array;
  readonly needs: readonly (readonly number[])[];
  readonly followers: readonly (readonly number[])[];
  readonly demands: readonly (readonly Demand[])[];
  readonly capacities: readonly number[];
  /** Tasks in an order in which each comes after its needs. */
  readonly order: readonly number[];
}

/** Throws on a cycle and on what could never run. */
export function problemOf(tasks: readonly Task[], capacities: readonly number[]): Problem {
  const followers: number[][] = tasks.map(() => []);
  tasks.forEach(({ needs, demands }, task) => {
    for (const need of needs) {
      const after = followers[need];
      if (after === undefined) throw new Error(`task ${task} needs ${need}, which there is not`);
      after.push(task);
    }
    for (const { resource, amount } of demands) {
      if (amount <= (capacities[resource] ?? 0)) continue;
      throw new Error(`task ${task} wants ${amount} of resource ${resource}: more than there is`);
    }
  });
  const needs = tasks.map((task) => task.needs);
  return {
    size: tasks.length,
    durations: Float64Array.from(tasks, ({ duration }) => duration),
    needs,
    followers,
    demands: tasks.map(({ demands }) => demands),
    capacities,
    order: orderOf(needs, followers),
  };
}

/** The same with time running backwards. */
export function reversed(problem: Problem): Problem {
  return {
    ...problem,
    needs: problem.followers,
    followers: problem.needs,
    order: problem.order.toReversed(),
  };
}

/** For each task the longest path from its start to the end of everything, its own time included. */
export function remainingPaths({ order, followers, durations }: Problem): Float64Array {
  const remaining = new Float64Array(order.length);
  for (let at = order.length - 1; at >= 0; at--) {
    const task = order[at] ?? 0;
    let after = 0;
    for (const next of followers[task] ?? []) after = Math.max(after, remaining[next] ?? 0);
    remaining[task] = after + (durations[task] ?? 0);
  }
  return remaining;
}

/** Kahn's algorithm (1962). */
function orderOf(
  needs: readonly (readonly number[])[],
  followers: readonly (readonly number[])[],
): number[] {
  const open = Int32Array.from(needs, (each) => each.length);
  const order = needs.flatMap((each, task) => (each.length === 0 ? [task] : []));
  // The list grows while it is walked.
  for (const task of order) {
    for (const next of followers[task] ?? []) {
      const left = (open[next] ?? 0) - 1;
      open[next] = left;
      if (left === 0) order.push(next);
    }
  }
  if (order.length < needs.length) throw new Error('the tasks wait for each other in a cycle');
  return order;
}
