import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import { testKey } from '../../support/messages-server/model.ts';
import { startMessagesServer } from '../../support/messages-server/server.ts';
import { solvingScript } from '../../support/messages-server/solving-script.ts';
import { splitScript } from '../../support/split-script.ts';
import { quickFiles } from '../../support/tiny-plan.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  ofType,
  runTiny,
  tinyFiles,
  writeFiles,
  type Files,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

vi.setConfig({ testTimeout: 240_000 });

/** A run whose agents of all roles are models behind a service, which do what the script says. */
async function run(files: Files) {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, files);
  commitAll(folder.path);
  const script = solvingScript(join(folder.path, 'script'));
  await using server = await startMessagesServer({ script, key: testKey });
  const service = { apiKey: testKey, baseURL: server.url, keyHint: '' };
  const models = { choice: {}, service };
  const ran = await runTiny(folder.path, { agents: 'anthropic', models, speed: 1 });
  const said = server.service.messages.map(({ body }) => JSON.stringify(body.messages));
  return { ran, asked: (text: string) => said.filter((each) => each.includes(text)) };
}

const complete = { at: 'finished', outcome: 'complete' };

test('a model decides a dispute between a builder and a reviewer, on what it finds in the files', async () => {
  const { ran, asked } = await run({
    ...tinyFiles(),
    ...goodScript(),
    ...builds('three/1', { 'src/three/index.js': gives('three', '3') }),
    'script/three/review-1/turn.yaml':
      'verdict: NEEDS_REVISION\nsummary: It is not explained.\nevidence: [{ says: no comment }]\n',
    'script/three/2/turn.yaml': 'summary: The contract asks for no comment.\nbehaviour: dispute\n',
    'script/arbiter/1/turn.yaml': 'decision: overturn\nreason: It asks for none.\n',
  });
  expect(ran.state.phase).toMatchObject(complete);
  expect(ofType(ran, 'dispute-opened')).toMatchObject([
    { module: 'three', reason: 'The contract asks for no comment.' },
  ]);
  expect(ofType(ran, 'conflict-resolved')).toMatchObject([
    { rule: 'arbiter', decided: 'overturn', reason: 'It asks for none.' },
  ]);
  expect(asked('Role: arbiter').length).toBe(3);
  const used = ofType(ran, 'agent-used').filter(({ role }) => role === 'arbiter');
  expect(used.at(-1)?.lines).toMatchObject([{ instructions: 'arbiter.v1', calls: 3 }]);
  // What it looked up is counted with what it was given, as of its module; no other role's is.
  const read = used.reduce((sum, { read: bytes = 0 }) => sum + bytes, 0);
  expect(read).toBeGreaterThan(0);
  const others = ofType(ran, 'agent-used').filter(({ role }) => role !== 'arbiter');
  expect(others.filter(({ read: bytes }) => bytes !== undefined)).toEqual([]);
  const { by } = accountOf(ran.events)!.account.orchestratorInput;
  const ofThree = by.find((each) => each.for === 'module:three')?.bytes ?? 0;
  expect(ofThree).toBeGreaterThan(read);
  expect(ofThree).toBeLessThanOrEqual(4_096);
});

test('a model cuts a module that used its attempts up, and models build its parts', async () => {
  const modules = { gamma: '    onExhausted: [split, escalate]\n' };
  const script = Object.entries(splitScript());
  const { ran, asked } = await run({
    ...quickFiles({ modules }),
    ...Object.fromEntries(script.map(([path, text]) => [`script/${path}`, text])),
  });
  expect(ofType(ran, 'module-split')).toMatchObject([
    { module: 'gamma', into: ['gamma-number', 'gamma-why'] },
  ]);
  expect(ran.state.phase).toMatchObject(complete);
  expect([...ran.state.modules].map(({ id, life }) => `${id} ${life.at}`)).toEqual([
    'alpha sealed',
    'beta sealed',
    'gamma-number sealed',
    'gamma-why sealed',
  ]);
  expect(asked('Role: architect').length).toBeGreaterThan(0);
  const used = ofType(ran, 'agent-used').flatMap(({ lines }) =>
    lines.map(({ instructions }) => instructions),
  );
  expect(used).toContain('splitter.v1');
});
