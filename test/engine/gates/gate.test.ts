import { expect, it } from 'vitest';
import type { CheckRun, CheckRunner } from '../../../src/engine/gates/check-request.ts';
import { runGate } from '../../../src/engine/gates/gate.ts';
import { checkPlan, checkRequest, finished, unaborted } from './rig.ts';

const request = (name: string) => checkRequest('/none', checkPlan('true', { name }));

it('checks run side by side, and none stops the others', async () => {
  const ends = new Map<string, (run: CheckRun) => void>();
  const runner: CheckRunner = {
    run: ({ check }) => new Promise((resolve) => ends.set(check.name, resolve)),
  };
  const gate = runGate(runner, [request('a'), request('b'), request('c')], unaborted);
  expect([...ends.keys()]).toEqual(['a', 'b', 'c']);
  ends.get('c')?.(finished({ check: 'c', outcome: 'failed' }));
  ends.get('a')?.(finished({ check: 'a', outcome: 'timed-out' }));
  ends.get('b')?.(finished({ check: 'b' }));
  const runs = await gate;
  expect(runs.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
    ...['a timed-out', 'b passed', 'c failed'],
  ]);
});

it('a gate that is called off rejects when all of its checks have ended', async () => {
  const ended: string[] = [];
  const runner: CheckRunner = {
    run: async ({ check }) => {
      for (let turn = 0; turn < (check.name === 'slow' ? 9 : 1); turn += 1) await Promise.resolve();
      ended.push(check.name);
      throw new Error('called off');
    },
  };
  await expect(runGate(runner, [request('slow'), request('fast')], unaborted)).rejects.toThrow(
    'called off',
  );
  expect(ended).toEqual(['fast', 'slow']);
});
