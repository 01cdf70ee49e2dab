import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import { approvalGate, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, resumeTiny, runTiny } from '../../support/tiny-workspace.ts';
import { live, openPlace } from './rig.ts';

const otherSubject = '0'.repeat(64);
const approve = (submission: string) =>
  ({ type: 'approve', gate: 'ship', submission, note: 'fine' }) as const;

test('a driven run takes decisions from beside it, about exactly what it asks, and a refusal may be taken back', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, quickScript(), { gates: approvalGate });
  await using run = await live(place.workspace);
  await run.saw('go-given');
  const early = await run.send(approve(otherSubject));
  expect(early).toMatchObject({ ok: false, code: 'nothing-to-approve' });
  const { submission } = await run.saw('approval-requested');

  expect(await run.send(approve('short'))).toMatchObject({ ok: false, code: 'bad-subject' });
  expect(await run.send(approve(otherSubject))).toMatchObject({
    ok: false,
    code: 'other-subject',
    message: expect.stringContaining(submission),
  });
  expect(await run.send({ type: 'approve', gate: 'nowhere', submission, note: '' })).toMatchObject({
    ok: false,
    code: 'unknown-gate',
  });
  const reject = { type: 'reject', gate: 'ship', submission: null, note: 'not yet' } as const;
  expect(await run.send(reject)).toEqual({ ok: true, how: 'done' });
  expect(run.session.state.phase).toEqual({ at: 'building' });
  expect(await run.send(approve(submission))).toEqual({ ok: true, how: 'done' });

  const state = await run.finished;
  expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(ofType(run.session, 'approval-refused')).toMatchObject([{ note: 'not yet', by: 'test' }]);
  expect(ofType(run.session, 'approval-given')).toMatchObject([{ submission, by: 'test' }]);
  expect(place.workFolders()).toEqual([]);
});

test('without a driver a decision is tried on the journal and left for the next driver', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, quickScript(), { gates: approvalGate });
  const waiting = await runTiny(workspace);
  expect(waiting.state.needPerson).toBe(1);
  const { run } = waiting.state;
  const { submission = '' } = ofType(waiting, 'approval-requested')[0] ?? {};
  expect(existsSync(join(runFolder(workspace, run), 'lock.json'))).toBe(false);

  const wrong = await sendCommand(workspace, run, approve(otherSubject));
  expect(wrong).toMatchObject({ ok: false, code: 'other-subject' });
  const left = await sendCommand(workspace, run, approve(submission));
  expect(left).toEqual({ ok: true, how: 'left-for-resume' });

  const ran = await resumeTiny(workspace);
  expect(ran.state.run).toBe(run);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'approval-given')).toHaveLength(1);
  expect(place.workFolders()).toEqual([]);
});

test('a run that is started with --yes approves what it asks in the name of whoever started it', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, quickScript(), { gates: approvalGate });
  const ran = await runTiny(place.workspace, { autoApprove: true });
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'approval-given')).toMatchObject([{ by: '--yes' }]);
});
