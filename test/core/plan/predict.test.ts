import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/core/plan/normalise.ts';
import { predict } from '../../../src/core/plan/predict.ts';
import { planFile } from '../../../src/core/plan/schema.ts';

interface Options {
  readonly builders?: number;
  readonly reviewers?: number;
  readonly tiers?: object;
  readonly gates?: object;
}

/** Modules by name: minutes to build, minutes to review, what they need. */
function predicted(
  modules: Readonly<Record<string, readonly [number, number, ...string[]]>>,
  { builders = 9, reviewers = 9, tiers = {}, gates = {} }: Options = {},
) {
  const file = {
    ashlar: 1,
    pools: { builders: { max: builders }, reviewers: { max: reviewers } },
    modules: Object.fromEntries(
      Object.entries(modules).map(([name, [minutes, review, ...needs]]) => [
        name,
        { estimate: { minutes, review }, needs },
      ]),
    ),
    tiers,
    gates,
  };
  return predict(normalise(planFile.parse(file)).plan);
}

describe('the predicted time', () => {
  it('of modules side by side is that of the longest, with a minute to coordinate', () => {
    expect(predicted({ a: [10, 1], b: [20, 2], c: [5, 1] })).toEqual({
      parallelMinutes: 23,
      sequentialMinutes: 35,
      criticalMinutes: 23,
    });
  });

  it('of a chain is longer than one agent’s', () => {
    expect(predicted({ a: [10, 1], b: [10, 1, 'a'], c: [10, 1, 'b'] })).toEqual({
      parallelMinutes: 36,
      sequentialMinutes: 30,
      criticalMinutes: 36,
    });
  });

  it('with one builder is the sum, while reviews go on beside', () => {
    const { parallelMinutes } = predicted({ a: [10, 1], b: [10, 1], c: [10, 1] }, { builders: 1 });
    expect(parallelMinutes).toBe(34);
  });

  it('waits for reviewers', () => {
    const { parallelMinutes } = predicted({ a: [10, 5], b: [10, 5], c: [10, 5] }, { reviewers: 1 });
    expect(parallelMinutes).toBe(26);
  });

  it('gives a free place to the longest remaining path first', () => {
    const modules = { short: [9, 1], long: [9, 1], after: [20, 1, 'long'] } as const;
    expect(predicted(modules, { builders: 1 }).parallelMinutes).toBe(42);
    expect(predicted({ ...modules, short: [9, 1, 'long'] }, { builders: 2 }).parallelMinutes).toBe(
      33,
    );
  });

  it('goes through tiers and gates, which take no time', () => {
    const { parallelMinutes, criticalMinutes } = predicted(
      { a: [10, 1], b: [4, 1], c: [10, 1, 'gate:go'] },
      {
        tiers: { t: { modules: ['a', 'b'] } },
        gates: { go: { kind: 'approval', requires: ['tier:t'] } },
      },
    );
    expect([parallelMinutes, criticalMinutes]).toEqual([24, 24]);
  });

  it('lies between what cannot be beaten and one place each', () => {
    const minutes = fc.integer({ min: 1, max: 30 });
    const module = fc.tuple(minutes, minutes, fc.array(fc.nat(6), { maxLength: 3 }));
    const plan = fc.record({
      modules: fc.array(module, { minLength: 1, maxLength: 8 }),
      builders: fc.integer({ min: 1, max: 4 }),
      reviewers: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(plan, ({ modules, builders, reviewers }) => {
        const named = Object.fromEntries(
          modules.map(([build, review, needs], index) => [
            `m${index}`,
            [build, review, ...new Set(needs.filter((on) => on < index).map((on) => `m${on}`))],
          ]),
        ) as Record<string, [number, number, ...string[]]>;
        const { parallelMinutes, criticalMinutes } = predicted(named, { builders, reviewers });
        const build = modules.reduce((sum, [each]) => sum + each + 1, 0);
        const review = modules.reduce((sum, [, each]) => sum + each, 0);
        const least = Math.max(criticalMinutes, build / builders, review / reviewers);
        expect(parallelMinutes).toBeGreaterThanOrEqual(least);
        expect(parallelMinutes).toBeLessThanOrEqual(build + review);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
