import { parallelSchedule } from './parallel.ts';
import { problemOf, type Demand, type Problem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { unreachable } from '../unreachable.ts';
import { urgency } from './urgency.ts';

/**
 * Ways to go through the same work, for comparison:
 *
 *     sequential   one task at a time
 *     rounds       batches of as many as there are places, with a barrier after each, inside each level
 *     levels       a barrier after each level
 *     fifo         whatever is ready first
 *     ashlar       whatever is ready, the most urgent first
 */
export type Policy = 'sequential' | 'rounds' | 'levels' | 'fifo' | 'ashlar';

export const policies: readonly Policy[] = ['sequential', 'rounds', 'levels', 'fifo', 'ashlar'];

/**
 * `steps` says by task whether it is a step of its own or goes with what it needs: a module's
 * review is on the level and in the round of its build, and gates take no round.
 */
export function scheduleBy(policy: Policy, problem: Problem, steps: readonly boolean[]): Schedule {
  switch (policy) {
    case 'sequential':
      return oneAtATime(problem);
    case 'rounds':
      return withBarriers(problem, roundsOf(problem, steps));
    case 'levels':
      return withBarriers(problem, levelsOf(problem, steps));
    case 'fifo':
      return parallelSchedule(problem, 'fifo');
    case 'ashlar':
      return parallelSchedule(problem, urgency(problem));
    default:
      return unreachable(policy);
  }
}

function oneAtATime(problem: Problem): Schedule {
  const demands = problem.demands.map((): Demand[] => [{ resource: 0, amount: 1 }]);
  return parallelSchedule({ ...problem, demands, capacities: [1] }, urgency(problem));
}

/** How many steps lie before a task on the longest way to it. */
function levelsOf({ order, needs }: Problem, steps: readonly boolean[]): number[] {
  const levels = new Array<number>(order.length).fill(0);
  for (const task of order) {
    let level = 0;
    for (const need of needs[task] ?? []) level = Math.max(level, levels[need] ?? 0);
    levels[task] = level + (steps[task] === true ? 1 : 0);
  }
  return levels;
}

/** Levels, each cut into batches of steps that can all be at work at once, in the tasks' order. */
function roundsOf(problem: Problem, steps: readonly boolean[]): number[] {
  const levels = levelsOf(problem, steps);
  const byLevel: number[][] = Array.from({ length: most(levels) + 1 }, () => []);
  levels.forEach((level, task) => {
    if (steps[task] === true) byLevel[level]?.push(task);
  });
  const rounds = new Array<number>(problem.size).fill(0);
  let round = 0;
  for (const tasks of byLevel) {
    let free: number[] = [];
    for (const task of tasks) {
      const held = problem.demands[task] ?? [];
      if (
        free.length === 0 ||
        held.some(({ resource, amount }) => (free[resource] ?? 0) < amount)
      ) {
        free = [...problem.capacities];
        round += 1;
      }
      for (const { resource, amount } of held) free[resource] = (free[resource] ?? 0) - amount;
      rounds[task] = round;
    }
  }
  for (const task of problem.order) {
    if (steps[task] === true) continue;
    for (const need of problem.needs[task] ?? []) {
      rounds[task] = Math.max(rounds[task] ?? 0, rounds[need] ?? 0);
    }
  }
  return rounds;
}

/** First come, first served, but nothing of a stage starts before all of the stage before ended. */
function withBarriers(problem: Problem, stages: readonly number[]): Schedule {
  const { size, durations, needs, demands, capacities } = problem;
  const last = most(stages);
  const barrier = (stage: number): number => size + stage;
  const members: number[][] = Array.from({ length: last + 1 }, () => []);
  stages.forEach((stage, task) => members[stage]?.push(task));
  const tasks = stages.map((stage, task) => ({
    duration: durations[task] ?? 0,
    needs: [...(needs[task] ?? []), ...(stage > 0 ? [barrier(stage - 1)] : [])],
    demands: demands[task] ?? [],
  }));
  const barriers = members.map((before, stage) => ({
    duration: 0,
    needs: [...before, ...(stage > 0 ? [barrier(stage - 1)] : [])],
    demands: [],
  }));
  const staged = parallelSchedule(problemOf([...tasks, ...barriers], capacities), 'fifo');
  const { starts, ends, makespan } = staged;
  return { starts: starts.slice(0, size), ends: ends.slice(0, size), makespan };
}

const most = (values: readonly number[]): number =>
  values.reduce((greatest, each) => Math.max(greatest, each), 0);
