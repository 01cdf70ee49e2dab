import { figure, type Figure, type Part } from './figure.ts';
import { rush } from '../test/support/messages-server/rush.ts';
import { runModels, type ModelsRun } from './models-run.ts';

/** Agents that are models, against a service on this machine, in virtual time. */
export const models: Part = {
  name: 'models',
  async measure({ quick }) {
    return [...(await failing(quick ? 20 : 200)), ...(await pacing(quick ? 10 : 60))];
  },
};

/** 12 modules a run, a fifth of the requests failing in all ways that pass. */
async function failing(count: number): Promise<Figure[]> {
  const runs: ModelsRun[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    runs.push(await runModels({ seed, modules: 12, faults: 0.2 }));
  }
  const scarce = { tokens: 90_000, microUsd: 450_000 };
  const short: ModelsRun[] = [];
  for (let seed = 1; seed <= count / 4; seed += 1) {
    short.push(await runModels({ seed, modules: 12, faults: 0.2, budget: scarce }));
  }
  const clear = await runModels({ seed: 1, modules: 12, faults: 0 });
  const sum = (of: (run: ModelsRun) => number): number =>
    runs.reduce((total, run) => total + of(run), 0);
  const mostUsed = (of: readonly ModelsRun[]): number =>
    100 * Math.max(...of.map(({ usedBudget }) => usedBudget));
  const failed = sum(({ complete }) => (complete ? 0 : 1));
  const requests = sum((run) => run.requests);
  const faults = `${((100 * sum((run) => run.failed)) / requests).toFixed(1)} % of ${requests} requests failed`;
  const unheard = 1 - sum((run) => run.spentTokens) / sum((run) => run.servedTokens);
  return [
    figure(
      'runs that failed',
      (100 * failed) / count,
      '%',
      1,
      `${count} runs of 12 modules; ${faults}`,
    ),
    figure(
      'modules sealed twice',
      sum((run) => run.sealedTwice),
      'modules',
      0,
    ),
    figure(
      'laws broken',
      sum(({ breaches }) => breaches.length),
      'breaches',
      0,
    ),
    figure('most of an ample budget used', mostUsed(runs), '%', 100, 'tokens or money'),
    figure('most of a scarce budget used', mostUsed(short), '%', 100, `${short.length} runs`),
    figure(
      'tokens that were served and not counted',
      100 * unheard,
      '%',
      1,
      'of streams that broke off',
    ),
    figure(
      'attempts made again',
      sum((run) => run.endedAttempts),
      'attempts',
    ),
    figure(
      'input not read from the cache',
      100 * (1 - clear.cachedShare),
      '%',
      10,
      'of second and later requests of a role',
    ),
  ];
}

async function pacing(minutes: number): Promise<Figure[]> {
  const limits = { requests: 50 };
  const { refused, used, answered } = await rush({ limits, builders: 16, minutes, seed: 1 });
  const note = `16 builders, 50 requests a minute, ${minutes} minutes, ${answered} answers`;
  return [
    figure('requests refused for coming too soon', refused, 'requests', 0, note),
    figure('allowance left unused', 100 * Math.max(0, 1 - used), '%', 5, note),
  ];
}
