import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accountOf } from '../../../src/core/accounts.ts';
import type { ModelOptions } from '../../../src/engine/agents/model-service.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { testKey } from '../../support/messages-server/model.ts';
import { startMessagesServer } from '../../support/messages-server/server.ts';
import type { ServiceOptions } from '../../support/messages-server/service.ts';
import { solver } from '../../support/messages-server/solver.ts';
import type { MessagesBody } from '../../support/messages-server/wire.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  commitAll,
  gives,
  ofType,
  prepare,
  resumeTiny,
  runTiny,
  sessionOptions,
  tinyFiles,
  tinyPlan,
  writeFiles,
} from '../../support/tiny-workspace.ts';

const script = solver({
  one: { 'src/one/index.js': gives('one', '5') },
  two: {
    'src/two/index.js': gives('two', 'one() + 1', "import { one } from '../one/index.js';\n"),
  },
  three: { 'src/three/index.js': gives('three', '3') },
});

/** The same, and nobody says where models are asked. */
const unsaidIn = (models: ModelOptions): ModelOptions => ({
  ...models,
  service: { ...models.service, baseURL: null },
});

const openingOf = ({ messages: [first] }: MessagesBody): string =>
  typeof first?.content === 'string'
    ? first.content
    : (first?.content ?? []).map(({ text }) => text).join('\n');

async function world(options: Partial<ServiceOptions> = {}, plan = tinyPlan()) {
  const server = await startMessagesServer({ script, key: testKey, ...options });
  const place = await tempFolder();
  writeFiles(place.path, tinyFiles(plan));
  commitAll(place.path);
  const service = { apiKey: testKey, baseURL: server.url, keyHint: 'set it' };
  const models: ModelOptions = { choice: {}, service };
  return {
    server,
    folder: place.path,
    models,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

test('models build, judge and seal a plan, and what they used is told', async () => {
  await using its = await world();
  const { server, folder, models } = its;
  const ran = await runTiny(folder, { agents: 'anthropic', models, speed: 1 });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(ofType(ran, 'module-sealed')).toHaveLength(3);
  expect(accountOf(ran.state, 'run').spent.microUsd).toBeGreaterThan(0);
  expect(new Set(server.service.messages.map(({ body }) => body.model))).toEqual(
    new Set(['claude-sonnet-5-5']),
  );
  expect(server.service.answered(200)).toBeGreaterThanOrEqual(9);
});

/** A reviewer that has nothing but what stands in its task: what was changed, and what is said of it. */
function holdsClaimsAgainstTheDiff(opening: string) {
  const part = (label: string): string =>
    new RegExp(`<<<data \\w+: ${label}>>>\\n([^]*?)\\n<<<end of data`).exec(opening)?.[1] ?? '';
  const changed = part('what the builder changed');
  const [, claimed = ''] = /with `(\w+)`/.exec(part('summary of the builder of three')) ?? [];
  const isTrue = claimed === '' || changed.includes(`+const ${claimed} = `);
  const why = `Nothing that was changed holds ${claimed}.`;
  return {
    verdict: 'PASS',
    summary: 'The files are as the contract says.',
    evidence: [],
    falseClaims: isTrue ? [] : [{ claim: `with ${claimed}`, why, file: null }],
    testsWrong: null,
  };
}

test('a reviewer finds from the difference alone that a summary claims what is not so', async () => {
  const plain = gives('three', '3');
  const added = `const add = (a, b) => a + b;\n${gives('three', 'add(1, 2)')}`;
  const summary = 'It is calculated with `add`.';
  const claims: ServiceOptions['script'] = (body, said) => {
    const opening = JSON.stringify(body.messages[0]);
    if (opening.includes('Role: evaluator')) {
      const verdict = holdsClaimsAgainstTheDiff(openingOf(body));
      return { content: [{ type: 'text', text: JSON.stringify(verdict) }] };
    }
    if (!opening.includes('Module: three')) return script(body, said);
    const wrote = body.messages.some(({ role }) => role === 'assistant');
    const content = opening.includes('Role: reviser') ? added : plain;
    const [name, input] = wrote
      ? ['submit', { summary, findings: null }]
      : ['write_file', { path: 'src/three/index.js', content }];
    return { content: [{ type: 'tool_use', id: `toolu_${said}`, name: name, input }] };
  };
  await using its = await world({ script: claims });
  const { folder, models } = its;
  const ran = await runTiny(folder, { agents: 'anthropic', models, speed: 1 });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const verdicts = ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:three');
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['NEEDS_REVISION', 'PASS']);
  expect(JSON.stringify(verdicts[0]?.evidence)).toContain('Nothing that was changed holds add.');
});

test('models take their time, however fast scripted agents are to work, and a person is told', async () => {
  await using its = await world();
  const { folder, models } = its;
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  const ran = await runTiny(folder, { agents: 'anthropic', models, speed: 100_000, onNote });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(notes).toContainEqual(expect.stringContaining('a speed of 100000 has no effect'));
});

test('the key stands in nothing that a run leaves', async () => {
  const faults = (request: { readonly n: number }) =>
    request.n === 2 ? ({ kind: 'status', status: 500, message: `saw ${testKey}` } as const) : null;
  await using its = await world({ faults });
  const { folder, models } = its;
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  await runTiny(folder, { agents: 'anthropic', models, speed: 1, onNote });
  const found = filesBelow(join(folder, '.ce-workspace')).filter((path) =>
    readFileSync(path).includes(testKey),
  );
  expect(found).toEqual([]);
  expect(notes.join('\n')).not.toContain(testKey);
});

test('a pool of models works beside a pool of scripted agents, each model as its pool says', async () => {
  const plan = tinyPlan().replace(
    /^pools: .*$/m,
    'pools: { builders: { max: 2, agent: anthropic, model: claude-haiku-5-5 }, reviewers: { max: 2 } }',
  );
  await using its = await world({}, plan);
  const { server, folder, models } = its;
  writeFiles(folder, { 'script/three/review-1/turn.yaml': 'summary: Fine.\nverdict: PASS\n' });
  const ran = await runTiny(folder, { models });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(new Set(server.service.messages.map(({ body }) => body.model))).toEqual(
    new Set(['claude-haiku-5-5']),
  );
});

test('a model that was named beside the plan, and where it is asked, stay named after a kill', async () => {
  let stop = (): void => undefined;
  await using its = await world({
    faults: ({ n }) => (n === 3 ? (stop(), null) : null),
  });
  const { server, folder, models } = its;
  const choice = { builders: 'claude-opus-5-5' };
  const options = sessionOptions({ agents: 'anthropic', models: { ...models, choice }, speed: 1 });
  const started = await startRun(await prepare(folder), options);
  if (!started.ok) throw new Error(started.message);
  stop = () => started.session.stop();
  await started.session.finished;
  await started.session[Symbol.asyncDispose]();
  const settings = readFileSync(
    join(folder, '.ce-workspace/runs', started.session.run, 'settings.json'),
    'utf8',
  );
  expect(JSON.parse(settings)).toMatchObject({ models: choice });
  expect(settings).not.toContain(testKey);
  const before = server.service.messages.length;
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  const ran = await resumeTiny(folder, { models: unsaidIn(models), speed: 1, onNote });
  expect(notes).toContain(`models are asked at ${server.url}`);
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const later = server.service.messages.slice(before).map(({ body }) => body);
  const builders = later.filter(({ output_config: format }) => (format ?? null) === null);
  expect(new Set(builders.map(({ model }) => model))).toEqual(new Set(['claude-opus-5-5']));
});

test('no key is sent to an address on the word of a file alone: who has the key has to have said it', async () => {
  let stopping = new AbortController();
  await using its = await world({ faults: () => (stopping.abort(), null) });
  const { server, folder, models } = its;
  const started = await startRun(
    await prepare(folder),
    sessionOptions({ agents: 'anthropic', models, speed: 1, signal: stopping.signal }),
  );
  if (!started.ok) throw new Error(started.message);
  const { run } = started.session;
  await started.session.finished;
  const file = join(folder, '.ce-workspace/runs', run, 'settings.json');
  const written = readFileSync(file, 'utf8');
  stopping = new AbortController();
  const resume = async (said: Partial<ModelOptions['service']>) => {
    const service = { ...models.service, baseURL: null, ...said };
    const { signal } = stopping;
    return resumeRun(folder, run, sessionOptions({ models: { choice: {}, service }, signal }));
  };
  const refused = { ok: false, code: 'unsure-base-url' };
  expect(await resume({ apiKey: 'another key' })).toMatchObject(refused);
  writeFileSync(file, written.replaceAll(server.url, 'https://stranger.test'));
  const other = await resume({});
  expect(other).toMatchObject(refused);
  expect(other).toHaveProperty('message', expect.stringContaining('"https://stranger.test"'));
  expect(other).toHaveProperty('message', expect.stringContaining('--base-url'));
  // Said again it goes on, and is kept for the next time.
  const before = server.service.requests.length;
  const again = await resume({ baseURL: server.url });
  if (!again.ok) throw new Error(again.message);
  await again.session.finished;
  expect(server.service.requests.length).toBeGreaterThan(before);
  const ran = await resumeTiny(folder, { models: unsaidIn(models), speed: 1 });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
});

test('a model that a person names while switching a pool comes before the one of the start, whoever goes on', async () => {
  let stop = (): void => undefined;
  let stopAt = 3;
  await using its = await world({ faults: ({ n }) => (n === stopAt ? (stop(), null) : null) });
  const { server, folder, models } = its;
  const choice = { builders: 'claude-opus-5-5' };
  const options = sessionOptions({ agents: 'anthropic', models: { ...models, choice }, speed: 1 });
  const started = await startRun(await prepare(folder), options);
  if (!started.ok) throw new Error(started.message);
  const { run } = started.session;
  stop = () => started.session.stop();
  await started.session.finished;
  const ask = (agent: string, model: string | null) =>
    sendCommand(folder, run, { type: 'agents', pool: 'builders', agent, model }, 'sam');
  expect(await ask('anthropic', 'two words')).toMatchObject({ ok: false, code: 'bad-model' });
  expect(await ask('scripted', 'local-model')).toMatchObject({ ok: false, code: 'bad-model' });
  // The price of what was chosen at the start is known, that of the other is not.
  expect(await ask('anthropic', 'local-model')).toMatchObject({
    ...{ ok: true, how: 'left-for-resume' },
    notes: [expect.stringContaining('nobody knows what local-model costs')],
  });
  stopAt = server.service.messages.length + 2;
  const again = await resumeRun(folder, run, sessionOptions({ models, speed: 1 }));
  if (!again.ok) throw new Error(again.message);
  stop = () => again.session.stop();
  await again.session.finished;
  stopAt = -1;
  const before = server.service.messages.length;
  const ran = await resumeTiny(folder, { models, speed: 1 });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const later = server.service.messages.slice(before).map(({ body }) => body);
  const builders = later.filter(({ output_config: format }) => (format ?? null) === null);
  expect(new Set(builders.map(({ model }) => model))).toEqual(new Set(['local-model']));
  expect(ran.state.plan.pools.builders).toMatchObject({ agent: 'anthropic', model: 'local-model' });
});

test('who a person named while nobody drove the run works from the first task on that a driver gives out', async () => {
  let stopping = new AbortController();
  await using its = await world({ faults: () => (stopping.abort(), null) });
  const { server, folder, models } = its;
  const options = { agents: 'anthropic', models, speed: 1 };
  const { signal } = stopping;
  const started = await startRun(await prepare(folder), sessionOptions({ ...options, signal }));
  if (!started.ok) throw new Error(started.message);
  const { run } = started.session;
  await started.session.finished;
  stopping = new AbortController();
  const ask = (model: string) =>
    sendCommand(folder, run, { type: 'agents', pool: 'builders', agent: 'anthropic', model });
  // The later word counts, and a word that says nothing new keeps nobody from working.
  for (const model of ['claude-haiku-5-5', 'local-model', 'local-model'])
    expect(await ask(model)).toMatchObject({ ok: true, how: 'left-for-resume' });
  const before = server.service.requests.length;
  const { state, events } = await resumeTiny(folder, { models, speed: 1 });
  expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const later = server.service.requests.slice(before).map(({ body }) => body);
  const builders = later.filter(({ output_config: format }) => (format ?? null) === null);
  expect(builders.length).toBeGreaterThan(0);
  expect(new Set(builders.map(({ model }) => model))).toEqual(new Set(['local-model']));
  const types = events.map(({ type }) => type);
  const driver = types.lastIndexOf('driver-started');
  const begun = types.indexOf('generation-started', driver);
  expect(types.lastIndexOf('agents-switched')).toBeLessThan(begun);
});

test('models are not asked without a key, or where it would be sent to the wrong place', async () => {
  await using place = await tempFolder();
  writeFiles(place.path, tinyFiles());
  commitAll(place.path);
  const prepared = await prepare(place.path);
  const start = (its: Partial<ModelOptions['service']>) => {
    const service = { apiKey: testKey, baseURL: null, keyHint: 'set it', ...its };
    const options = sessionOptions({ agents: 'anthropic', models: { choice: {}, service } });
    return startRun(prepared, options);
  };
  const refused = (code: string, says: string) => ({
    ...{ ok: false, code },
    message: expect.stringContaining(says) as string,
  });
  expect(await start({ apiKey: null })).toEqual(refused('no-key', 'and there is none: set it'));
  expect(await start({ apiKey: ' ' })).toEqual(refused('no-key', 'need an API key'));
  const bad = (baseURL: string) => start({ baseURL });
  expect(await bad('http://models.test')).toEqual(refused('bad-base-url', 'use https'));
  expect(await bad('https://u:p@models.test')).toEqual(refused('bad-base-url', 'a password'));
  expect(await bad('models')).toEqual(refused('bad-base-url', 'no address'));
  expect(await start({ baseURL: 'http://models.test', baseURLFrom: 'ANTHROPIC_BASE_URL' })).toEqual(
    refused('bad-base-url', 'ANTHROPIC_BASE_URL says http://models.test: the key would cross'),
  );
  const hidden = await start({ baseURL: 'https://u:p@models.test', baseURLFrom: 'A_PLACE' });
  expect(hidden).toEqual(refused('bad-base-url', 'A_PLACE says no place for it: it holds a name'));
});

test('a model whose price nobody knows is said to be bounded by tokens alone, unless the plan prices it', async () => {
  await using its = await world();
  const { folder, models } = its;
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  const choice = { planners: 'local-model', builders: 'local-model', reviewers: 'local-model' };
  const options = { agents: 'anthropic', models: { ...models, choice }, speed: 1, onNote };
  const ran = await runTiny(folder, options);
  expect(notes).toContainEqual(expect.stringContaining('nobody knows what local-model costs'));
  expect(accountOf(ran.state, 'run').spent).toMatchObject({ microUsd: 0 });
  expect(accountOf(ran.state, 'run').spent.tokens).toBeGreaterThan(0);

  const priced = `${tinyPlan()}models: { local-model: { usd: { input: 1, output: 2 } } }\n`;
  await using other = await world({}, priced);
  notes.length = 0;
  const paid = await runTiny(other.folder, {
    ...options,
    models: { ...other.models, choice },
  });
  expect(notes.filter((note) => note.includes('costs'))).toEqual([]);
  expect(accountOf(paid.state, 'run').spent.microUsd).toBeGreaterThan(0);
});

test('a run of models can be cancelled by whoever has no key', async () => {
  await using its = await world();
  const { server, folder, models } = its;
  let stop = (): void => undefined;
  const options = sessionOptions({ agents: 'anthropic', models, speed: 1 });
  const started = await startRun(await prepare(folder), {
    ...options,
    observe: (added) => {
      if (added.some(({ type }) => type === 'generation-started')) stop();
    },
  });
  if (!started.ok) throw new Error(started.message);
  stop = () => started.session.stop();
  await started.session.finished;
  const before = server.service.requests.length;
  const cancel = { type: 'cancel', reason: 'enough' } as const;
  const sent = await sendCommand(folder, started.session.run, cancel);
  expect(sent).toMatchObject({ ok: true, how: 'done' });
  expect(server.service.requests.length).toBe(before);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}
