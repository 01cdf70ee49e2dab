import { expect, test } from 'vitest';
import { holds, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny } from '../../support/tiny-workspace.ts';
import { live, openPlace } from './rig.ts';

/** A second of silence, on a clock of this speed. */
const [stallMinutes, speed] = [1, 60];

test('what a replaced agent still hands in is rejected, and noted', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(
    workspace,
    {
      ...holds('alpha', 1, '1'),
      ...holds('beta', 1, '2', 'behaviour: overspend\n'),
      ...holds('gamma', 1, '3', 'behaviour: late\nlateSeconds: 90\n'),
    },
    { stallMinutes, modules: { beta: '    onExhausted: [escalate]\n' } },
  );
  await using run = await live(workspace, { speed });

  const late = await run.saw('late-result-rejected');
  // The late agent may answer before or after its replacement was judged.
  await run.saw('module-sealed', ({ module }) => module === 'alpha');
  await run.saw('module-sealed', ({ module }) => module === 'gamma');

  expect(late).toMatchObject({ module: 'gamma', what: expect.stringContaining('attempt 1') });
  const { session } = run;
  expect(
    ofType(session, 'generation-ended').filter(({ module }) => module === 'gamma'),
  ).toMatchObject([{ attempt: 1, epoch: 1, outcome: 'stalled' }]);
  const received = ofType(session, 'submission-received');
  expect(received.filter(({ module }) => module === 'gamma')).toMatchObject([
    { attempt: 1, epoch: 2 },
  ]);
  expect(
    ofType(session, 'module-sealed')
      .map(({ module }) => module)
      .sort(),
  ).toEqual(['alpha', 'gamma']);
  await run.stop();
  expect(place.workFolders()).toEqual([]);
});

test('an agent that crashes costs no attempt, and one that declines is for a person', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, {
    ...holds('alpha', 1, '1', 'behaviour: crash\n'),
    ...holds('beta', 1, '2'),
    ...holds('gamma', 1, '3', 'behaviour: refuse\n'),
  });

  const ran = await runTiny(place.workspace, { speed: 1000 });

  const sealed = ofType(ran, 'module-sealed');
  expect(sealed.find(({ module }) => module === 'alpha')).toMatchObject({ attempt: 1, epoch: 2 });
  expect(sealed.map(({ module }) => module)).toEqual(['alpha', 'beta']);
  expect(ofType(ran, 'module-escalated')).toMatchObject([
    { module: 'gamma', reason: 'agent-refused' },
  ]);
  expect(ran.state.needPerson).toBe(1);
  expect(ran.state.reservations.size).toBe(0);
});

test('attempts that never pass are used up, and then a person is asked', async () => {
  await using place = await openPlace();
  writeQuick(
    place.workspace,
    { ...holds('alpha', 1, '1'), ...holds('beta', 1, '2'), ...holds('gamma', 1, '4') },
    { modules: { gamma: '    onExhausted: [escalate]\n' } },
  );
  const ran = await runTiny(place.workspace, { speed: 1000 });
  const verdicts = ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:gamma');
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['FAIL', 'FAIL', 'FAIL']);
  expect(ofType(ran, 'budget-exhausted')).toMatchObject([{ module: 'gamma', what: 'attempts' }]);
  expect(ofType(ran, 'module-escalated')).toMatchObject([{ module: 'gamma', reason: 'exhausted' }]);
});
