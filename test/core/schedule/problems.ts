import { problemOf, type Problem } from '../../../src/core/schedule/problem.ts';
import type { Schedule } from '../../../src/core/schedule/schedule.ts';
import { Random } from '../../sim/random.ts';

/** Tasks by name: how long, what they need; all on one place of `places`. */
export function onPlaces(
  places: number,
  tasks: Readonly<Record<string, readonly [number, ...string[]]>>,
): Problem {
  const names = Object.keys(tasks);
  return problemOf(
    Object.values(tasks).map(([duration, ...needs]) => ({
      duration,
      needs: needs.map((name) => names.indexOf(name)),
      demands: [{ resource: 0, amount: 1 }],
    })),
    [places],
  );
}

/** Tasks that need some of what came before, and hold some of up to three resources. */
export function randomProblem(seed: number, most = 40): Problem {
  const random = new Random(seed);
  const size = random.between(1, most);
  const capacities = Array.from({ length: random.between(1, 3) }, () => random.between(1, 6));
  const density = random.fraction() * 0.5;
  const tasks = Array.from({ length: size }, (_, task) => ({
    duration: random.chance(0.1) ? 0 : random.between(1, 12) / random.between(1, 3),
    needs: Array.from({ length: task }, (_each, need) => need)
      .slice(-8)
      .filter(() => random.chance(density)),
    demands: capacities.flatMap((capacity, resource) =>
      random.chance(0.6) ? [{ resource, amount: random.between(1, capacity) }] : [],
    ),
  }));
  return problemOf(tasks, capacities);
}

/** What is wrong with a schedule; empty where it can be carried out. */
export function faults(problem: Problem, { starts, ends, makespan }: Schedule): string[] {
  const found: string[] = [];
  for (let task = 0; task < problem.size; task++) {
    if (Math.abs(ends[task]! - starts[task]! - problem.durations[task]!) > 1e-9) {
      found.push(`task ${task} does not take its time`);
    }
    for (const need of problem.needs[task]!) {
      if (ends[need]! > starts[task]! + 1e-9)
        found.push(`task ${task} starts before ${need} ended`);
    }
  }
  // Most is held at a moment at which something starts.
  for (const moment of starts) {
    const held = problem.capacities.map(() => 0);
    problem.demands.forEach((demands, task) => {
      if (starts[task]! > moment + 1e-9 || ends[task]! <= moment + 1e-9) return;
      for (const { resource, amount } of demands) held[resource]! += amount;
    });
    held.forEach((units, resource) => {
      if (units > problem.capacities[resource]!) found.push(`too much of ${resource} at ${moment}`);
    });
  }
  const last = ends.reduce((most, each) => Math.max(most, each), 0);
  if (last !== makespan) found.push(`it ends at ${last}, not at ${makespan}`);
  return found;
}

/** The shortest makespan of all: every order of tasks, each placed as early as it can be. */
export function shortest(problem: Problem, place: (order: readonly number[]) => number): number {
  let best = Infinity;
  const order: number[] = [];
  const visit = (): void => {
    if (order.length === problem.size) {
      best = Math.min(best, place(order));
      return;
    }
    for (let task = 0; task < problem.size; task++) {
      if (order.includes(task)) continue;
      if (!problem.needs[task]!.every((need) => order.includes(need))) continue;
      order.push(task);
      visit();
      order.pop();
    }
  };
  visit();
  return best;
}
