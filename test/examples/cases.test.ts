import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../src/engine/check-plan.ts';
import { startRun } from '../../src/engine/start-run.ts';
import { previewPlan } from '../../src/engine/simulate-plan.ts';
import { opened, sessionOptions } from '../support/tiny-workspace.ts';
import { openPlace } from '../engine/run/rig.ts';

const folder = join(import.meta.dirname, '../../examples/cases');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

async function previewed(name: string) {
  const planFile = `${name}.plan.yaml`;
  const outcome = await previewPlan({ workspace: join(folder, name), planFile, builders: null });
  if (!outcome.ok || outcome.preview === null) throw new Error(`${name} cannot be previewed`);
  return outcome.preview.simulation;
}

describe('the cases', () => {
  it.each(names)('%s is scheduled close to what no schedule can beat', async (name) => {
    const { minutes, lowerBound } = await previewed(name);
    expect(minutes.ashlar).toBeLessThanOrEqual(lowerBound * 1.1);
    expect(minutes.ashlar).toBeLessThanOrEqual(minutes.levels);
    expect(minutes.ashlar).toBeLessThanOrEqual(minutes.rounds);
  });

  it.each([
    ['api-endpoint', 480],
    ['eight-people', 180],
    ['user-management', 240],
    ['user-management-tested-after', 300],
    ['full-stack', 18],
    ['full-stack-loose', 13],
    ['test-phase', 10],
  ])('%s has a longest chain of %i minutes, and what handing out costs', async (name, chain) => {
    const { lowerBound } = await previewed(name);
    expect(lowerBound).toBeGreaterThanOrEqual(chain);
    expect(lowerBound).toBeLessThan(chain + 6);
  });

  it.each(names)('%s is fit, but for the chain, which names the simpler pattern', async (name) => {
    await using place = await openPlace();
    cpSync(join(folder, name), place.workspace, { recursive: true });
    const checked = await checkPlan({
      workspace: place.workspace,
      planFile: `${name}.plan.yaml`,
      base: 'work-tree',
      sandbox: 'prefer',
      onProgress: () => undefined,
    });
    if (!checked.ok) throw new Error(checked.message);
    const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(name === 'api-endpoint' ? ['not-faster'] : []);
  });

  it('six-level-team runs to its last gate, every stream and handoff of it', async () => {
    await using place = await openPlace();
    const { workspace } = place;
    cpSync(join(folder, 'six-level-team'), workspace, { recursive: true });
    const planFile = 'six-level-team.plan.yaml';
    const options = { base: 'work-tree', sandbox: 'prefer', onProgress: () => undefined } as const;
    const checked = await checkPlan({ workspace, planFile, ...options });
    if (!checked.ok || checked.prepared === null) throw new Error('the plan is not fit');
    const how = sessionOptions({ speed: 3_000, autoApprove: true });
    await using session = opened(await startRun(checked.prepared, how));
    const state = await session.finished;
    expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
    expect(state.sealed).toBe(22);
    const received = session.events.filter(({ type }) => type === 'handoff-received');
    expect(received.length).toBeGreaterThanOrEqual(state.plan.handoffs.length);
  });
});
