import type { EffectResult } from '../../core/commands.ts';
import type { CheckPrerequisites } from '../../core/effects.ts';
import type { CheckPlan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { Unstamped } from '../run-loop.ts';
import { effectId, runChecks } from './run-checks.ts';
import type { World } from './world.ts';

const timeoutMs = 60_000;

/** Runs all prerequisites on the base; their results are never taken from an earlier run. */
export async function checkPrerequisites(
  world: World,
  { order }: CheckPrerequisites,
  state: RunState,
  signal: AbortSignal,
): Promise<Unstamped<EffectResult>> {
  const checks = state.plan.prerequisites.map(({ name, run }): CheckPlan => {
    // With a network: prerequisites ask for what the machine offers, and results with a network
    // are not kept.
    const sandbox = { network: true, read: [], env: [] };
    const report = { report: 'exit', reportFile: '' } as const;
    return { name, run, ...report, between: [], timeoutMs, resources: [], sandbox };
  });
  const on = { tree: state.base.tree, testFiles: [], expected: null };
  const runs = await runChecks(world, { ...on, checks, effect: effectId(world, order) }, signal);
  const results = runs.map(({ check, outcome, evidence }) => ({
    name: check,
    passed: outcome === 'passed',
    evidence,
  }));
  return { type: 'record-prerequisites', order, results };
}
