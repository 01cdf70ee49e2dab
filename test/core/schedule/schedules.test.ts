import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerBound } from '../../../src/core/schedule/lower-bound.ts';
import { parallelSchedule } from '../../../src/core/schedule/parallel.ts';
import { policies, scheduleBy } from '../../../src/core/schedule/policies.ts';
import { problemOf, remainingPaths } from '../../../src/core/schedule/problem.ts';
import { searchSchedule } from '../../../src/core/schedule/search.ts';
import { SerialScheduler } from '../../../src/core/schedule/serial.ts';
import { urgency } from '../../../src/core/schedule/urgency.ts';
import { Random } from '../../sim/random.ts';
import { faults, onPlaces, randomProblem, shortest } from './problems.ts';

const seeds = integer({ min: 1, max: 1_000_000 });

/** Any order at all, also one that has nothing to do with what tasks need. */
function anyRank(seed: number, size: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: size }, () => random.fraction());
}

describe('a schedule', () => {
  it('keeps to what tasks need and to what there is, whatever the order and the scheme', () => {
    assert(
      property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const rank = anyRank(seed, problem.size);
        expect(faults(problem, parallelSchedule(problem, rank))).toEqual([]);
        expect(faults(problem, parallelSchedule(problem, 'fifo'))).toEqual([]);
        expect(faults(problem, new SerialScheduler(problem).schedule(rank))).toEqual([]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is never shorter than the bound, by whatever policy or search', () => {
    assert(
      property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const bound = lowerBound(problem);
        const steps = problem.durations.map((_, task) => (task % 3 === 0 ? 0 : 1));
        for (const policy of policies) {
          const schedule = scheduleBy(
            policy,
            problem,
            Array.from(steps, (step) => step === 1),
          );
          expect(faults(problem, schedule)).toEqual([]);
          expect(schedule.makespan).toBeGreaterThanOrEqual(bound - 1e-9);
        }
        const options = { seed, bound, mayGoOn: (tried: number) => tried < 30 };
        const { schedule } = searchSchedule(problem, options);
        expect(faults(problem, schedule)).toEqual([]);
        expect(schedule.makespan).toBeGreaterThanOrEqual(bound - 1e-9);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('of the parallel scheme leaves nothing waiting beside what it could have', () => {
    assert(
      property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const { starts, ends } = parallelSchedule(problem, anyRank(seed, problem.size));
        const moments = [0, ...ends];
        for (let task = 0; task < problem.size; task++) {
          const ready = Math.max(0, ...problem.needs[task]!.map((need) => ends[need]!));
          for (const moment of moments) {
            if (moment < ready || moment >= starts[task]!) continue;
            const isShort = problem.demands[task]!.some(({ resource, amount }) => {
              let held = 0;
              problem.demands.forEach((demands, other) => {
                if (starts[other]! > moment || ends[other]! <= moment) return;
                held += demands.find((each) => each.resource === resource)?.amount ?? 0;
              });
              return held + amount > problem.capacities[resource]!;
            });
            expect(isShort).toBe(true);
          }
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('can be told only of tasks without cycles that fit what there is', () => {
    const task = { duration: 1, needs: [], demands: [] };
    expect(() => problemOf([{ ...task, needs: [0] }], [])).toThrow('cycle');
    expect(() => problemOf([{ ...task, needs: [3] }], [])).toThrow('needs 3');
    const demands = [{ resource: 0, amount: 2 }];
    expect(() => problemOf([{ ...task, demands }], [1])).toThrow('more than there is');
  });
});

describe('urgency', () => {
  it('puts each task before all that wait for it', () => {
    assert(
      property(seeds, (seed) => {
        const problem = randomProblem(seed);
        const rank = urgency(problem);
        problem.needs.forEach((needs, task) => {
          for (const need of needs) expect(rank[need]!).toBeLessThanOrEqual(rank[task]!);
        });
      }),
      { seed: 4 },
    );
  });

  it('is the longest remaining path where nothing else decides', () => {
    const problem = onPlaces(2, { a: [2], b: [3], c: [4, 'a'], d: [1, 'b'] });
    expect([...remainingPaths(problem)]).toEqual([6, 4, 4, 1]);
    const rank = urgency(problem);
    expect([...rank.keys()].sort((x, y) => rank[x]! - rank[y]!)).toEqual([0, 1, 2, 3]);
  });

  it('sees that many short paths wait for the same places', () => {
    // By paths the long one starts at once; that leaves two for one place at the end, and takes 6.
    const problem = onPlaces(2, { long: [4], first: [1], beside: [3], second: [2, 'first'] });
    const byPath = remainingPaths(problem).map((path) => -path);
    expect(parallelSchedule(problem, byPath).makespan).toBe(6);
    expect(parallelSchedule(problem, urgency(problem)).makespan).toBe(5);
    expect(lowerBound(problem)).toBe(5);
  });

  it('is no worse than first come, first served, on average', () => {
    let [ours, fifo] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const problem = randomProblem(seed);
      const bound = lowerBound(problem);
      if (bound === 0) continue;
      ours += parallelSchedule(problem, urgency(problem)).makespan / bound;
      fifo += parallelSchedule(problem, 'fifo').makespan / bound;
    }
    expect(ours).toBeLessThan(fifo);
  });
});

describe('the search', () => {
  it('finds the optimum of small problems', () => {
    let proven = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const problem = randomProblem(seed, 6);
      const serial = new SerialScheduler(problem);
      const rank = new Float64Array(problem.size);
      const optimum = shortest(problem, (order) => {
        order.forEach((task, place) => (rank[task] = place));
        return serial.schedule(rank).makespan;
      });
      const bound = lowerBound(problem);
      expect(bound).toBeLessThanOrEqual(optimum + 1e-9);
      if (bound > optimum - 1e-9) proven++;
      const options = { seed: 1, bound, mayGoOn: (tried: number) => tried < 400 };
      const { schedule } = searchSchedule(problem, options);
      expect(schedule.makespan).toBeCloseTo(optimum, 9);
    }
    // The bound is no mere number either: it proves most of them.
    expect(proven).toBeGreaterThan(30);
  });

  it('never ends with worse than the run loop’s schedule, and more time never harms', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const problem = randomProblem(seed);
      const bound = lowerBound(problem);
      const after = (most: number): number =>
        searchSchedule(problem, { seed, bound, mayGoOn: (tried) => tried < most }).schedule
          .makespan;
      const live = parallelSchedule(problem, urgency(problem)).makespan;
      const [none, some, more] = [after(0), after(20), after(100)];
      expect(none).toBe(live);
      expect(some).toBeLessThanOrEqual(none);
      expect(more).toBeLessThanOrEqual(some);
    }
  });

  it('finds the same for the same seed and number of schedules', () => {
    const problem = randomProblem(11);
    const options = { seed: 5, bound: 0, mayGoOn: (tried: number) => tried < 60 };
    const [one, two] = [searchSchedule(problem, options), searchSchedule(problem, options)];
    expect(one).toEqual(two);
  });

  it('stops where nothing shorter is possible', () => {
    const problem = onPlaces(1, { a: [1], b: [2] });
    const { schedule, tried } = searchSchedule(problem, {
      ...{ seed: 1, bound: lowerBound(problem), mayGoOn: () => true },
    });
    expect([schedule.makespan, tried]).toEqual([3, 3]);
  });
});
