import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun } from '../../../src/engine/run-record.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import { resumeRun } from '../../../src/engine/start-run.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { git, ofType, runTiny, sessionOptions } from '../../support/tiny-workspace.ts';
import { live, openPlace, processesOf } from './rig.ts';

const cancel = { type: 'cancel', reason: 'enough' } as const;

test('cancelling a driven run ends its agents, keeps its seals and is final', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  await using driven = await live(workspace, { speed: 1 });
  const { run } = driven;
  const { seal } = await driven.saw('module-sealed', ({ module }) => module === 'gamma');

  expect(await driven.send(cancel)).toEqual({ ok: true, how: 'done' });

  const state = await driven.finished;
  expect(state.phase).toMatchObject({ at: 'finished', outcome: 'cancelled' });
  expect(ofType(driven.session, 'delivered')).toEqual([]);
  expect(ofType(driven.session, 'generation-ended')).toMatchObject([
    { module: 'alpha', outcome: 'aborted' },
  ]);
  const postmortem = readFileSync(join(runFolder(workspace, run), 'postmortem.md'), 'utf8');
  expect(postmortem).toContain('cancelled');
  expect(place.workFolders()).toEqual([]);
  expect(processesOf(run)).toEqual([]);
  const store = join(workspace, '.ce-workspace', 'store.git');
  expect(git(store, 'for-each-ref', `refs/ashlar/${run}/seals/gamma`)).toContain(seal);

  const options = sessionOptions();
  expect(await resumeRun(workspace, run, options)).toMatchObject({ ok: false, code: 'run-over' });
  expect(await resumeRun(workspace, null, options)).toMatchObject({ code: 'no-open-run' });
  expect(await sendCommand(workspace, run, { type: 'resume' })).toMatchObject({ code: 'run-over' });
});

test('cancelling ends the processes of a check that is at work', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, quickScript(), { cross: 'sleep 600 & sleep 601' });
  await using driven = await live(place.workspace);
  await driven.saw('integration-started');
  await expect.poll(() => processesOf(driven.run)).not.toEqual([]);

  expect(await driven.send(cancel)).toEqual({ ok: true, how: 'done' });

  expect((await driven.finished).phase).toMatchObject({ outcome: 'cancelled' });
  expect(processesOf(driven.run)).toEqual([]);
  expect(place.workFolders()).toEqual([]);
});

test('a run that nobody drives is cancelled by whoever asks for it', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  const driven = await live(workspace, { speed: 1 });
  await driven.saw('generation-started', ({ module }) => module === 'alpha');
  await driven.stop();

  const sent = await sendCommand(workspace, driven.run, cancel);
  expect(sent).toEqual({ ok: true, how: 'done' });
  const read = await readRun(workspace, driven.run);
  expect(read).toMatchObject({ ok: true, record: { problems: [], torn: null, driver: null } });
  expect(read.ok && read.record.state.phase).toMatchObject({ outcome: 'cancelled' });
  expect(read.ok && read.record.events.at(-1)?.type).toBe('postmortem-written');
  expect(place.workFolders()).toEqual([]);
});

test('a cancelled run leaves nothing that keeps the next one from starting', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  await using first = await live(workspace, { speed: 1 });
  await first.saw('go-given');
  await first.send(cancel);
  await first.finished;

  const second = await runTiny(workspace, { speed: 10_000 });

  expect(second.state.run).not.toBe(first.run);
  expect(second.state.phase).toMatchObject({ outcome: 'complete' });
});
