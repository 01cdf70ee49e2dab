import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleId, type ModuleId } from '../../../src/core/ids.ts';
import type { Evidence } from '../../../src/core/verdict.ts';
import { signatureOf, smallestFailingSet } from '../../../src/engine/gates/attribution.ts';
import { finished } from './rig.ts';

const modulesOf = (count: number): ModuleId[] =>
  Array.from({ length: count }, (_, index) => moduleId(`m${index}`));

const someModules = fc.integer({ min: 1, max: 24 }).chain((count) =>
  fc.record({
    modules: fc.constant(modulesOf(count)),
    guilty: fc.subarray(modulesOf(count), { minLength: 1, maxLength: Math.min(4, count) }),
  }),
);

describe('the smallest failing set', () => {
  it('is exactly the modules that must be real together', async () => {
    await fc.assert(
      fc.asyncProperty(someModules, async ({ modules, guilty }) => {
        const fails = async (real: readonly ModuleId[]) =>
          guilty.every((each) => real.includes(each)) ? 'same' : null;
        expect(
          await smallestFailingSet({ modules, fails, signature: 'same', maxRuns: 1000 }),
        ).toEqual(guilty);
      }),
    );
  });

  it('cannot spare any one module, whatever the failures depend on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.func(fc.boolean()),
        async (count, oracle) => {
          const modules = modulesOf(count);
          const fails = async (real: readonly ModuleId[]) =>
            real.length === count || oracle(real.join()) ? 'same' : 'other';
          const found = await smallestFailingSet({
            modules,
            fails,
            signature: 'same',
            maxRuns: 10_000,
          });
          expect(await fails(found)).toBe('same');
          for (const each of found) {
            expect(await fails(found.filter((other) => other !== each))).not.toBe('same');
          }
        },
      ),
    );
  });

  it('is looked for with a bounded number of runs', async () => {
    const modules = modulesOf(40);
    let runs = 0;
    const fails = async () => ((runs += 1), null);
    expect(await smallestFailingSet({ modules, fails, signature: 'same', maxRuns: 7 })).toEqual(
      modules,
    );
    expect(runs).toBe(7);
  });

  it('costs a few runs where one pair of forty modules is at fault', async () => {
    const modules = modulesOf(40);
    let runs = 0;
    const fails = async (real: readonly ModuleId[]) => {
      runs += 1;
      return real.includes(moduleId('m3')) && real.includes(moduleId('m31')) ? 'same' : null;
    };
    expect(await smallestFailingSet({ modules, fails, signature: 'same' })).toEqual(['m3', 'm31']);
    expect(runs).toBeLessThan(30);
  });
});

describe('a signature', () => {
  const evidence = (
    kind: Evidence['kind'],
    says: string,
    test: string | null = null,
  ): Evidence => ({
    ...{ kind, check: 'cross', test, file: 'a.js', line: 1, says },
  });
  const failed = (...items: Evidence[]) =>
    signatureOf(finished({ outcome: 'failed', evidence: items }));

  it('is none where nothing failed', () => {
    expect(signatureOf(finished())).toBe(null);
  });

  it('is the failing tests with the first lines of each, in any order, without stacks', () => {
    const a = evidence('test', '1 == 2\nat line 5', 'a');
    const b = evidence('test', 'no\nat line 6', 'b');
    expect(failed(a, b)).toBe(failed({ ...b, says: 'no\nat line 9' }, { ...a, line: 8 }));
    expect(failed(a, b)).not.toBe(failed(a));
    expect(failed(a)).not.toBe(failed({ ...a, says: '1 == 3' }));
  });

  it('is the exit code and the first lines of output where tests are not told apart', () => {
    const one = evidence('check', 'ended with exit code 1\n\nstderr:\nboom');
    expect(failed(one)).toBe(failed({ ...one }));
    expect(failed(one)).not.toBe(failed({ ...one, says: one.says.replace('1', '2') }));
    expect(failed(one)).not.toBe(failed({ ...one, says: one.says.replace('boom', 'bang') }));
  });
});
