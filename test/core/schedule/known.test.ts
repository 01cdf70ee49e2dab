import { describe, expect, it } from 'vitest';
import { projects } from '../../../bench/random-project.ts';
import { standardTaskGraphs } from '../../../bench/stg.ts';
import { lowerBound } from '../../../src/core/schedule/lower-bound.ts';
import { scheduleBy, type Policy } from '../../../src/core/schedule/policies.ts';
import type { Problem } from '../../../src/core/schedule/problem.ts';
import { searchSchedule } from '../../../src/core/schedule/search.ts';
import { faults } from './problems.ts';

const by = (policy: Policy, problem: Problem) =>
  scheduleBy(
    policy,
    problem,
    problem.demands.map((held) => held.length > 0),
  );

const searched = (problem: Problem, most: number) =>
  searchSchedule(problem, {
    ...{ seed: 1, bound: lowerBound(problem), mayGoOn: (tried: number) => tried < most },
  }).schedule;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

const published = standardTaskGraphs(9);

describe.runIf(published !== null)('on published graphs a schedule', () => {
  const over = (makespan: (problem: Problem) => number): number =>
    100 * mean((published ?? []).map(({ problem, known }) => makespan(problem) / known - 1));

  it('is within a percent of the best known in one pass, and half of one after a search', () => {
    expect(over((problem) => by('ashlar', problem).makespan)).toBeLessThan(1);
    expect(over((problem) => searched(problem, 300).makespan)).toBeLessThan(0.5);
  });

  it('is far better than with barriers', () => {
    expect(over((problem) => by('levels', problem).makespan)).toBeGreaterThan(15);
    expect(over((problem) => by('rounds', problem).makespan)).toBeGreaterThan(30);
  });
});

describe('on projects that are scarce of resources', () => {
  const some = projects(30, 1);

  it('a schedule keeps to all of them', () => {
    for (const problem of some) {
      expect(faults(problem, by('ashlar', problem))).toEqual([]);
      expect(faults(problem, searched(problem, 20))).toEqual([]);
    }
  });

  it('one pass is close to what a search finds, and a hundred schedules closer', () => {
    const best = some.map((problem) => searched(problem, 1_000).makespan);
    const over = (makespan: (problem: Problem) => number): number =>
      100 * mean(some.map((problem, at) => makespan(problem) / best[at]! - 1));
    expect(over((problem) => by('ashlar', problem).makespan)).toBeLessThan(4.6);
    expect(over((problem) => searched(problem, 100).makespan)).toBeLessThan(1.2);
  });
});
