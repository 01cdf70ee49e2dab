import { expect, test } from 'vitest';
import { sendCommand } from '../../../src/engine/person.ts';
import { approvalGate, holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, resumeTiny } from '../../support/tiny-workspace.ts';
import { live, liveAgain, openPlace } from './rig.ts';

test('while a driven run is paused nothing starts, and it goes on where it was', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 200\n') });
  await using run = await live(place.workspace);
  await run.saw('generation-started');

  expect(await run.send({ type: 'pause' })).toEqual({ ok: true, how: 'done' });
  expect(run.session.state.pausedAt).not.toBeNull();
  expect(await run.send({ type: 'pause' })).toMatchObject({ ok: false, code: 'already-paused' });
  expect(await run.send({ type: 'resume' })).toEqual({ ok: true, how: 'done' });
  expect(await run.send({ type: 'resume' })).toMatchObject({ ok: false });

  expect((await run.finished).phase).toMatchObject({ outcome: 'complete' });
  const types = run.session.events.map(({ type }) => type);
  const pause = types.slice(types.indexOf('run-paused'), types.indexOf('run-resumed'));
  expect(pause).not.toContain('generation-started');
  expect(pause).not.toContain('evaluation-started');
  expect(place.workFolders()).toEqual([]);
});

test('a run can be read and paused as soon as it was started', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  await using run = await live(place.workspace, { speed: 1 });
  expect(await run.send({ type: 'pause' })).toEqual({ ok: true, how: 'done' });
  await run.stop();
});

test('a pause that is left without a driver holds the next driver, until a person resumes', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  const first = await live(workspace, { speed: 1 });
  await first.saw('module-sealed', ({ module }) => module === 'gamma');
  await first.stop();
  const { run } = first;
  expect(place.workFolders()).toEqual([]);

  const pause = await sendCommand(workspace, run, { type: 'pause' });
  expect(pause).toEqual({ ok: true, how: 'left-for-resume' });
  const paused = await resumeTiny(workspace);
  expect(paused.state.phase).toEqual({ at: 'building' });
  expect(paused.state.pausedAt).not.toBeNull();
  const started = ofType(paused, 'generation-started').map(({ module }) => module);
  expect(started).not.toContain('beta');

  const resume = await sendCommand(workspace, run, { type: 'resume' });
  expect(resume).toEqual({ ok: true, how: 'left-for-resume' });
  const ran = await resumeTiny(workspace, { speed: 10_000 });
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const built = ofType(ran, 'generation-started').map(({ module }) => module);
  expect(built.filter((module) => module === 'gamma')).toHaveLength(1);
});

test('a run that waits for a person can be paused and goes on in another process', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, quickScript(), { gates: approvalGate });
  const first = await live(place.workspace);
  const { submission } = await first.saw('approval-requested');
  expect(await first.send({ type: 'pause' })).toEqual({ ok: true, how: 'done' });
  await first.stop();

  await using second = await liveAgain(place.workspace);
  await second.saw('driver-started');
  const approve = { type: 'approve', gate: 'ship', submission, note: '' } as const;
  await second.send({ type: 'resume' });
  expect(await second.send(approve)).toEqual({ ok: true, how: 'done' });
  expect((await second.finished).phase).toMatchObject({ outcome: 'complete' });
});
