import { expect, test } from 'vitest';
import { verifyRun } from '../../../src/engine/verify-run.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny } from '../../support/tiny-workspace.ts';
import { openPlace } from './rig.ts';

const fast = { speed: 1000 };
const slow = 'seconds: 600\n';
const needs = { beta: '[{ module: alpha, kind: soft }]' };

test('a soft consumer is built on the stub, and revised where it does not pass with the seal', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  // One more than the stub's 0 at first; the real alpha is 1.
  const script = { ...quickScript(), ...holds('alpha', 1, '1', slow), ...holds('beta', 1, '1') };
  writeQuick(workspace, { ...script, ...holds('beta', 2, '2') }, { needs });
  const ran = await runTiny(workspace, fast);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });

  expect(ofType(ran, 'module-passed')).toMatchObject([{ module: 'beta', attempt: 1, seal: null }]);
  expect(ofType(ran, 'confirmation-failed')).toMatchObject([
    { module: 'beta', round: 1, evidence: [{ check: 'unit' }] },
  ]);
  const sealed = ofType(ran, 'module-sealed').map(({ module, attempt }) => `${module} ${attempt}`);
  expect(sealed).toEqual(['gamma 1', 'alpha 1', 'beta 2']);
  const passed = ofType(ran, 'module-passed')[0]!.seq;
  const alpha = ofType(ran, 'module-sealed').find(({ module }) => module === 'alpha')!.seq;
  expect(passed).toBeLessThan(alpha);
  expect(await verifyRun(workspace, ran.state.run)).toMatchObject({ ok: true, problems: [] });
});

test('modules that are soft on each other are built at once, sealed as one set, and not built again by a second run', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  const cycle = { alpha: '[{ module: beta, kind: soft }]', ...needs };
  // `beta` is judged after `alpha` has passed: on what passed, not on the stub's 0.
  writeQuick(workspace, { ...quickScript(), ...holds('beta', 1, '2', slow) }, { needs: cycle });
  const first = await runTiny(workspace, fast);
  expect(first.state.phase).toMatchObject({ outcome: 'complete' });
  const seals = ofType(first, 'module-sealed').filter(({ module }) => module !== 'gamma');
  expect(seals.map(({ module }) => module)).toEqual(['alpha', 'beta']);
  expect(seals[1]!.seq).toBe(seals[0]!.seq + 1);

  const second = await runTiny(workspace, fast);
  expect(second.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(second, 'generation-started')).toEqual([]);
  expect(ofType(second, 'seal-adopted').map(({ module }) => module)).toEqual(
    expect.arrayContaining(['alpha', 'beta', 'gamma']),
  );
});

test('the two sides of a feedback pair revise each other until there are no more findings', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  const found = 'seconds: 60\nfindings: [{ to: alpha, items: [it should be more than one] }]\n';
  const script = { ...holds('gamma', 1, '3', found), ...holds('gamma', 2, '3') };
  writeQuick(
    workspace,
    { ...quickScript(), ...script, ...holds('alpha', 2, '3'), ...holds('beta', 1, '4') },
    { needs: { alpha: '[{ module: gamma, kind: feedback }]' } },
  );
  const ran = await runTiny(workspace, fast);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'feedback-taken')).toMatchObject([
    { module: 'alpha', from: 'gamma', evidence: [{ says: 'gamma: it should be more than one' }] },
  ]);
  const built = ofType(ran, 'generation-started').map(
    ({ module, attempt }) => `${module} ${attempt}`,
  );
  expect(built.filter((each) => each.startsWith('alpha'))).toEqual(['alpha 1', 'alpha 2']);
  expect(built.filter((each) => each.startsWith('gamma'))).toEqual(['gamma 1']);
});
