import { expect, test } from 'vitest';
import { runModels } from '../../../../bench/models-run.ts';

// The benchmark has 200 of them.
test.for([1, 2, 3, 4])(
  'a run of 12 modules is completed though a fifth of all requests fails (seed %i)',
  async (seed) => {
    const run = await runModels({ seed, modules: 12, faults: 0.2 });
    expect(run).toMatchObject({ complete: true, sealedTwice: 0, breaches: [] });
    expect(run.failed).toBeGreaterThan(0);
    expect(run.usedBudget).toBeLessThanOrEqual(1);
    expect(run.spentTokens / run.servedTokens, 'nothing of note is left uncounted').toBeGreaterThan(
      0.97,
    );
  },
);

test('a run whose budget does not suffice stops within it', async () => {
  const budget = { tokens: 90_000, microUsd: 450_000 };
  const run = await runModels({ seed: 6, modules: 12, faults: 0.2, budget });
  expect(run).toMatchObject({ complete: false, sealedTwice: 0, breaches: [] });
  expect(run.usedBudget).toBeGreaterThan(0.5);
  expect(run.usedBudget).toBeLessThanOrEqual(1);
});

test('what agents of a role read is mostly what others of it have read before', async () => {
  const run = await runModels({ seed: 5, modules: 12, faults: 0 });
  expect(run).toMatchObject({ complete: true, failed: 0, breaches: [] });
  expect(run.spentTokens).toBe(run.servedTokens);
  expect(run.cachedShare).toBeGreaterThanOrEqual(0.9);
});
