import { expect, test } from 'vitest';
import { realEngine } from '../../src/cli/engine.ts';
import { live, openPlace } from '../engine/run/rig.ts';
import { testKey } from '../support/messages-server/model.ts';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solver } from '../support/messages-server/solver.ts';
import {
  commitAll,
  gives,
  ofType,
  tinyFiles,
  tinyPlan,
  writeFiles,
} from '../support/tiny-workspace.ts';
import { invoke } from './invoke.ts';

const script = solver({
  one: { 'src/one/index.js': gives('one', '5') },
  two: {
    'src/two/index.js': gives('two', 'one() + 1', "import { one } from '../one/index.js';\n"),
  },
  three: { 'src/three/index.js': gives('three', '3') },
});

test('builders whose model the service lacks go on with the one that a person names', async () => {
  const [lacking, named] = ['claude-opus-5-5', 'claude-haiku-5-5'];
  await using server = await startMessagesServer({
    ...{ script, key: testKey },
    faults: ({ body }) =>
      body.model === lacking
        ? { kind: 'status', status: 404, message: `model: ${body.model}` }
        : null,
  });
  await using place = await openPlace();
  const { workspace } = place;
  const plan = tinyPlan().replace('agent: scripted', `agent: anthropic, model: ${lacking}`);
  writeFiles(workspace, tinyFiles(plan));
  commitAll(workspace);
  const models = {
    // As `--model` names it at the start.
    choice: { reviewers: 'claude-sonnet-5-5' },
    service: { apiKey: testKey, baseURL: server.url, keyHint: 'set it' },
  };
  await using run = await live(workspace, { agents: 'anthropic', models, speed: 1 });
  const ashlar = async (verb: string, ...more: readonly string[]) => {
    const words = ['--cwd', workspace, verb, run.run, ...more];
    const { code, terminal } = invoke(words, { engine: realEngine });
    return { code: await code, out: terminal.stdout, err: terminal.stderr };
  };

  expect(await run.saw('provider-failed')).toMatchObject({ pool: 'builders', code: 'no-model' });
  const shown = await ashlar('agents');
  expect(shown.out).toMatch(
    /^builders {3}anthropic \(claude-opus-5-5\): anthropic does not give the builders their model \(.*404/m,
  );
  expect(shown.out).toMatch(/^reviewers {2}anthropic \(claude-sonnet-5-5\)$/m);
  const status = await ashlar('status');
  const switching = 'builders anthropic --model';
  expect(status.out).toContain(`ashlar --cwd ${workspace} agents ${run.run} ${switching} <model>`);

  const switched = await ashlar('agents', ...switching.split(' '), named);
  expect(switched).toMatchObject({ code: 0, err: '' });
  const state = await run.finished;
  expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect([...state.modules].map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  expect(ofType(run.session, 'module-sealed')).toHaveLength(3);
  expect(ofType(run.session, 'provider-failed')).toHaveLength(1);
  const built = server.service.messages.filter(({ body }) => (body.output_config ?? null) === null);
  const answered = built.filter(({ status: its }) => its === 200);
  expect(new Set(answered.map(({ body }) => body.model))).toEqual(new Set([named]));
});
