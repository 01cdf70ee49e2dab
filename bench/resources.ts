import { lowerBound } from '../src/core/schedule/lower-bound.ts';
import { scheduleBy } from '../src/core/schedule/policies.ts';
import type { Problem } from '../src/core/schedule/problem.ts';
import { searchSchedule } from '../src/core/schedule/search.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { projects } from './random-project.ts';

/** What published one-pass rules and samplings with 100 schedules are over the optimum, on j30. */
const onePassTarget = 4.6;
const sampledTarget = 1.2;
const sizes = [30, 60] as const;

/** Projects that are scarce of resources: over the best that a long search finds, and over the bound. */
export const resources: Part = {
  name: 'resources',
  measure: ({ quick }) =>
    Promise.resolve(sizes.flatMap((size) => measured(size, projects(size, quick ? 1 : 2)))),
};

function measured(size: number, all: readonly Problem[]): Figure[] {
  const bounds = all.map(lowerBound);
  const searched = (most: number): number[] =>
    all.map((problem, at) => {
      const mayGoOn = (tried: number): boolean => tried < most;
      const options = { seed: at + 1, bound: bounds[at] ?? 0, mayGoOn };
      return searchSchedule(problem, options).schedule.makespan;
    });
  const steps = (problem: Problem): boolean[] => problem.demands.map(() => true);
  const onePass = all.map((problem) => scheduleBy('ashlar', problem, steps(problem)).makespan);
  const fifo = all.map((problem) => scheduleBy('fifo', problem, steps(problem)).makespan);
  const [first, sampled, long] = [searched(5), searched(100), searched(5_000)];
  // Nothing that was found at all is left out of what is best.
  const best = long.map((each, at) => Math.min(each, sampled[at] ?? each, onePass[at] ?? each));
  const row = (name: string, makespans: readonly number[], target: number | null): Figure => {
    const overBound = `${over(makespans, bounds).toFixed(2)} % over the bound`;
    return figure(`${size} tasks, ${name}`, over(makespans, best), '%', target, overBound);
  };
  const proven = best.filter((each, at) => each <= (bounds[at] ?? 0) + 1e-9).length;
  return [
    row('first come, first served', fifo, null),
    row('one pass', onePass, size === 30 ? onePassTarget : null),
    row('preview after 5 schedules', first, null),
    row('preview after 100', sampled, size === 30 ? sampledTarget : null),
    figure(
      `${size} tasks, best found over the bound`,
      over(best, bounds),
      '%',
      null,
      `5,000 schedules each; ${proven} of ${all.length} proven`,
    ),
  ];
}

function over(makespans: readonly number[], than: readonly number[]): number {
  const sum = makespans.reduce((total, each, at) => total + each / (than[at] ?? each) - 1, 0);
  return (100 * sum) / makespans.length;
}
