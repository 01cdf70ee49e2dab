import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceId } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { simulationText } from '../../../src/core/projections/simulation-text.ts';
import { planProblem } from '../../../src/core/schedule/plan-problem.ts';
import { parallelSchedule } from '../../../src/core/schedule/parallel.ts';
import { simulate } from '../../../src/core/schedule/simulate.ts';
import { Random } from '../../sim/random.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { plan } from '../../support/scenario-plan.ts';
import { faults } from './problems.ts';

const few = { builders: null, seed: 1, mayGoOn: (tried: number) => tried < 50 };

/** All modules of the plan hold the one database. */
function sharing(its: Plan): Plan {
  const database = resourceId('database');
  return {
    ...its,
    resources: [{ id: database, capacity: 1 }],
    modules: its.modules.map((module) => ({
      ...module,
      resources: [{ resource: database, amount: 1 }],
    })),
  };
}

/** All needs of modules are soft. */
const softly = (its: Plan): Plan => ({
  ...its,
  modules: its.modules.map((module) => ({
    ...module,
    needs: module.needs.map(({ on }) => ({ kind: 'soft', on })),
  })),
});

describe('a simulated plan', () => {
  it('builds on a builder’s place and is judged on a reviewer’s, with a minute to coordinate', () => {
    const its = plan({ modules: { a: { minutes: 5 }, b: { needs: ['a'], minutes: 3 } } });
    const { schedule, minutes, criticalPath, lowerBound } = simulate(its, few);
    const rows = schedule.map((each) => [each.module, each.work, each.start, each.end, each.place]);
    expect(rows).toEqual([
      ['a', 'build', 0, 6, 1],
      ['a', 'review', 6, 7, 1],
      ['b', 'build', 7, 11, 1],
      ['b', 'review', 11, 12, 1],
    ]);
    expect(minutes).toEqual({ sequential: 12, rounds: 12, levels: 12, fifo: 12, ashlar: 12 });
    expect([lowerBound, criticalPath]).toEqual([12, { minutes: 12, modules: ['a', 'b'] }]);
  });

  it('lets nothing overlap that holds the same resource', () => {
    const its = sharing(plan({ modules: { a: {}, b: {}, c: {} } }));
    const { minutes, schedule, lowerBound } = simulate(its, few);
    expect([minutes.ashlar, lowerBound]).toEqual([36, 36]);
    expect(schedule[0]?.resources).toEqual([{ resource: 'database', amount: 1 }]);
  });

  it('starts on a stub at once where a need is soft, and is confirmed when that has passed', () => {
    const its = softly(
      plan({ modules: { a: { needs: ['b'] }, b: { minutes: 20 }, c: { needs: ['a'] } } }),
    );
    const { schedule, criticalPath } = simulate(its, few);
    const rows = schedule.map((each) => [each.module, each.work, each.start, each.end]);
    expect(rows).toEqual([
      ['a', 'build', 0, 11],
      ['b', 'build', 0, 21],
      ['c', 'build', 0, 11],
      ['a', 'review', 11, 12],
      ['c', 'review', 11, 12],
      ['c', 'confirm', 12, 13],
      ['b', 'review', 21, 22],
      ['a', 'confirm', 22, 23],
    ]);
    expect(criticalPath).toEqual({ minutes: 23, modules: ['b', 'a'] });
  });

  it('builds what is sealed as one set side by side', () => {
    const its = softly(plan({ modules: { a: { needs: ['b'] }, b: { needs: ['a'] } } }));
    expect(simulate(its, few).minutes.ashlar).toBe(13);
  });

  it('asks what other places would bring', () => {
    const its = plan({ modules: { a: {}, b: {}, c: {}, d: {} }, pools: { builders: 4 } });
    expect(simulate(its, few).minutes.ashlar).toBe(12);
    const one = simulate(its, { ...few, builders: 1 });
    expect([one.minutes.ashlar, one.places.builders]).toEqual([45, 1]);
  });

  it('goes through tiers, gates and streams, which take no time', () => {
    const its = plan({
      modules: { a: {}, b: {}, c: { needs: ['gate:go'] } },
      tiers: { t: { modules: ['a', 'b'] } },
      gates: { go: { requires: ['tier:t'] } },
    });
    const { criticalPath, minutes } = simulate(its, few);
    expect(criticalPath).toEqual({ minutes: 24, modules: ['a', 'c'] });
    expect([minutes.levels, minutes.rounds]).toEqual([24, 24]);
  });

  it('keeps to what the plan says, whatever the plan', () => {
    assert(
      property(integer({ min: 1, max: 1_000_000 }), (seed) => {
        const its =
          seed % 3 === 0 ? sharing(randomPlan(new Random(seed))) : randomPlan(new Random(seed));
        const { problem } = planProblem(its);
        expect(faults(problem, parallelSchedule(problem, 'fifo'))).toEqual([]);
        const simulated = simulate(its, few);
        expect(simulated.search.minutes).toBeLessThanOrEqual(simulated.minutes.ashlar);
        expect(simulated.criticalPath.minutes).toBeLessThanOrEqual(simulated.lowerBound);
        expect(simulated.lowerBound).toBeLessThanOrEqual(simulated.search.minutes + 1e-9);
        // Nobody does two things at once.
        for (const [at, work] of simulated.schedule.entries()) {
          for (const other of simulated.schedule.slice(at + 1)) {
            if (other.pool !== work.pool || other.place !== work.place) continue;
            expect(other.start).toBeGreaterThanOrEqual(work.end - 1e-9);
          }
        }
        const widest = simulationText(its, simulated).split('\n');
        expect(Math.max(...widest.map((line) => line.length))).toBeLessThanOrEqual(80);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
