import { expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { putCommand } from '../../src/engine/journal/inbox-client.ts';
import { waitingCommands } from '../../src/engine/journal/inbox-folder.ts';
import { smallPlan, Story } from '../core/projections/story.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { engineWith, FakeSession, run } from './fake-engine.ts';
import { call, Served } from './served.ts';

const driver = { pid: 7, host: 'here' };

/** A run that waits for a person: what its plan needs is not there. */
function lacking(): Story {
  const prerequisites = [
    { name: 'docker', run: 'docker --version', timeoutMs: null, remedy: null },
  ];
  const story = new Story({ ...smallPlan(), prerequisites });
  const results = [{ name: 'docker', passed: false, evidence: [] }];
  return story.do({ type: 'record-prerequisites', order: 1 as never, results });
}

/** Where commands may wait in the inbox. */
const resuming = (story: Story, session: FakeSession, folder = ''): Engine => {
  const { engine } = engineWith(story, driver);
  return {
    ...engine,
    readRun: async (workspace, id) => {
      const read = await engine.readRun(workspace, id);
      if (!read.ok) return read;
      const waiting = await waitingCommands(folder);
      return { ok: true, record: { ...read.record, folder, waiting } };
    },
    resumeRun: (_workspace, _run, options) => session.open(options),
  };
};

const byWhom = 'sam, through claude code';

it('goes on with what waited for a person, in the name of who asked and through whom', async () => {
  const session = new FakeSession(lacking());
  await using served = new Served(resuming(lacking(), session));
  const { text, isError } = await call(await served.client(), 'resume', { run });
  expect({ text, isError }).toEqual({
    ...{ text: expect.stringContaining('goes on') as string, isError: false },
  });
  expect(session.asked).toEqual([{ type: 'resume-run', by: byWhom }]);
});

it.each([
  ['--no-insights', true],
  ['', false],
])(
  'with `%s` its agents are told nothing of earlier runs: %s',
  async (options, withoutInsights) => {
    const session = new FakeSession(lacking());
    await using served = new Served(resuming(lacking(), session), options);
    expect((await call(await served.client(), 'resume', { run })).isError).toBe(false);
    expect(session.options).toMatchObject({ withoutInsights });
  },
);

it('says why where the run refuses to go on, and does not keep it', async () => {
  const session = new FakeSession(lacking());
  session.ask = async () => ({ code: 'run-busy', message: 'just now it cannot' });
  await using served = new Served(resuming(lacking(), session));
  expect(await call(await served.client(), 'resume', { run })).toEqual({
    ...{ text: 'just now it cannot', isError: true },
  });
  expect(session.stopped).toBe(true);
});

it('is content where a person was faster', async () => {
  const story = lacking();
  const session = new FakeSession(story);
  session.ask = async () => {
    story.do({ type: 'resume-run', by: 'kim' });
    return { code: 'not-paused', message: 'the run is not paused' };
  };
  await using served = new Served(resuming(story, session));
  expect(await call(await served.client(), 'resume', { run })).toMatchObject({ isError: false });
  expect(session.stopped).toBe(false);
});

it.each([
  [['pause-run'], 'is refused'],
  [['pause-run', 'approve-gate'], 'is refused'],
  [['approve-gate'], 'goes on'],
])('where %j waits for whoever drives it next, it %s', async (types, answer) => {
  await using folder = await tempFolder();
  const clock = systemClock();
  for (const type of types) await putCommand(folder.path, { type, by: 'kim' }, { clock });
  const story = new Story().go();
  const session = new FakeSession(story);
  await using served = new Served(resuming(story, session, folder.path));
  const { text, isError } = await call(await served.client(), 'resume', { run });
  const held = answer === 'is refused';
  expect({ text, isError }).toEqual({
    text: expect.stringContaining(held ? 'was paused by a person' : 'goes on') as string,
    isError: held,
  });
  expect(session.options === null).toBe(held);
});

it('leaves a run alone that a person pauses while it is taken up', async () => {
  const story = lacking();
  const session = new FakeSession(story);
  const taken: FakeSession['open'] = async (options) => {
    const opened = await session.open(options);
    story.do({ type: 'pause-run', by: 'kim' });
    return opened;
  };
  await using served = new Served({
    ...resuming(lacking(), session),
    resumeRun: (_workspace, _run, options) => taken(options),
  });
  const { text, isError } = await call(await served.client(), 'resume', { run });
  expect({ text, isError }).toEqual({
    text: expect.stringContaining('was paused by a person') as string,
    isError: true,
  });
  expect(session.asked).toEqual([]);
  expect(session.stopped).toBe(true);
});
