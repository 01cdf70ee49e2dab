import { describe, expect, it } from 'vitest';
import { lowerBound } from '../../../src/core/schedule/lower-bound.ts';
import { placesTaken } from '../../../src/core/schedule/places-taken.ts';
import { scheduleBy, type Policy } from '../../../src/core/schedule/policies.ts';
import { problemOf } from '../../../src/core/schedule/problem.ts';
import { onPlaces } from './problems.ts';

/**
 *     a 4 ─► d 1 ─► f 6
 *     b 1 ─► e 2
 *     c 3
 */
const six = onPlaces(2, {
  ...{ a: [4], b: [1], c: [3] },
  ...{ d: [1, 'a'], e: [2, 'b'], f: [6, 'd'] },
});

function startsBy(policy: Policy, problem = six): number[] {
  const steps = problem.demands.map((held) => held.length > 0);
  return [...scheduleBy(policy, problem, steps).starts];
}

describe('the policy', () => {
  it('sequential does one task at a time, the urgent first', () => {
    expect(startsBy('sequential')).toEqual([0, 11, 12, 4, 15, 5]);
  });

  it('rounds ends each batch before the next, inside each level', () => {
    // a b │ c ║ d e ║ f
    expect(startsBy('rounds')).toEqual([0, 0, 4, 7, 7, 9]);
  });

  it('levels ends each level before the next', () => {
    // a b c ║ d e ║ f
    expect(startsBy('levels')).toEqual([0, 0, 1, 4, 4, 6]);
  });

  it('fifo takes what became ready first', () => {
    expect(startsBy('fifo')).toEqual([0, 0, 1, 4, 4, 5]);
  });

  it('ashlar takes the urgent first', () => {
    expect(startsBy('ashlar')).toEqual([0, 0, 1, 4, 4, 5]);
    expect(lowerBound(six)).toBe(11);
  });

  it('fifo and ashlar differ where the urgent comes late', () => {
    const problem = onPlaces(1, { short: [1], long: [1], after: [5, 'long'] });
    expect(startsBy('fifo', problem)).toEqual([0, 1, 2]);
    expect(startsBy('ashlar', problem)).toEqual([6, 0, 1]);
  });

  it('takes what is no step of its own into the level and round of what it needs', () => {
    // Two modules in a chain on a place each, a third beside; judging takes a place of its own.
    const build = [{ resource: 0, amount: 1 }];
    const judge = [{ resource: 1, amount: 1 }];
    const problem = problemOf(
      [
        { duration: 2, needs: [], demands: build },
        { duration: 5, needs: [], demands: build },
        { duration: 2, needs: [3], demands: build },
        { duration: 1, needs: [0], demands: judge },
      ],
      [2, 1],
    );
    const steps = [true, true, true, false];
    expect([...scheduleBy('levels', problem, steps).starts]).toEqual([0, 0, 5, 2]);
    expect([...scheduleBy('ashlar', problem, steps).starts]).toEqual([0, 0, 3, 2]);
  });

  it('rounds hold no more of a resource than there is', () => {
    const held = [{ resource: 0, amount: 2 }];
    const tasks = [1, 2, 3].map((duration) => ({ duration, needs: [], demands: held }));
    const problem = problemOf(tasks, [3]);
    expect([...scheduleBy('rounds', problem, [true, true, true]).starts]).toEqual([0, 1, 3]);
  });
});

describe('places', () => {
  it('are taken one by one, the first free one first', () => {
    const schedule = scheduleBy('ashlar', six, []);
    // a d f on the first, b c e on the second
    expect([...placesTaken(six, schedule, 0)]).toEqual([0, 1, 1, 0, 1, 0]);
  });

  it('are not taken by what holds none', () => {
    const problem = problemOf([{ duration: 1, needs: [], demands: [] }], [4]);
    expect([...placesTaken(problem, scheduleBy('fifo', problem, [true]), 0)]).toEqual([-1]);
  });
});

describe('the bound', () => {
  it('is the longest path, the load over the places, or what must fall between two moments', () => {
    expect(lowerBound(onPlaces(3, { a: [4], b: [3, 'a'] }))).toBe(7);
    expect(lowerBound(onPlaces(2, { a: [4], b: [3], c: [3] }))).toBe(5);
    // Three tasks of 2 between a head and a tail of 3 on two places: 3 + 3 + 3, not 8 or 6.
    const problem = onPlaces(2, {
      ...{ head: [3], x: [2, 'head'], y: [2, 'head'], z: [2, 'head'] },
      tail: [3, 'x', 'y', 'z'],
    });
    expect(lowerBound(problem)).toBe(9);
  });
});
