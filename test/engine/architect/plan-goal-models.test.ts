import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modelAgents } from '../../../src/engine/agents/model/model-agents.ts';
import { planGoal } from '../../../src/engine/architect/plan-goal.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { noModels } from '../../support/tiny-workspace.ts';
import { testKey } from '../../support/messages-server/model.ts';
import { startMessagesServer } from '../../support/messages-server/server.ts';
import { planAnswerText } from '../../support/plan-draft.ts';
import { asks, resultsIn, says, ScriptedChat, textsIn } from '../../support/scripted-chat.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const condition = { holds: true, says: 'It holds.', evidence: ['notes.md:1'] };
const pieces = ['circle', 'square', 'triangle'].map((id) => ({
  ...{ id, purpose: `Does ${id}.`, needs: [], minutes: 20, review: 1, tokens: 50_000 },
}));
const assessed = JSON.stringify({
  assessment: {
    conditions: { modules: condition, interfaces: condition, workPerModule: condition },
    pieces,
  },
  ...{ questions: null, unsuitable: null },
});

it('plans a goal with models that read, answer in a wrong shape once, and mend their plan', async () => {
  await using folder = await tempFolder();
  writeFileSync(join(folder.path, 'notes.md'), 'A circle has an area.\n');
  const scouts = new ScriptedChat();
  scouts.speaks = (request) => {
    const [result] = resultsIn(request);
    if (result === undefined) return asks(['read_file', { path: 'notes.md' }]);
    expect(result.text).toContain('A circle has an area.');
    return says(JSON.stringify({ findings: 'notes.md:1 speaks of circles.' }));
  };
  const first = planAnswerText(
    {},
    { gates: [{ id: 'ship', kind: 'approval', requires: ['tier:all'], checks: [] }] },
  );
  const architects = new ScriptedChat(
    () => says('It can be done, I think.'),
    (request) => {
      expect(textsIn(request).join('\n')).toContain('That is no valid answer');
      return says(assessed);
    },
    () => says(first),
    (request) => {
      const told = textsIn(request).join('\n');
      expect(told).toContain('no-end-to-end-gate');
      expect(told).toContain('\ngates:\n');
      expect(told).toContain('You may ask: no');
      return says(planAnswerText());
    },
  );
  const provider = modelAgents({
    ...{ name: 'scripted', metered: 'hard', clock: systemClock() },
    model: (role) => (role === 'scout' ? scouts : architects),
  });
  const planned = await planGoal({
    ...{ workspace: folder.path, goal: 'Areas of shapes', name: 'shapes', force: false },
    ...{ base: 'work-tree', provider, agents: null, script: null, models: noModels, speed: 1 },
    budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 30 * 60_000 },
    ...{ mayAsk: true, answers: [], person: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(planned).toMatchObject({
    ...{ kind: 'proposed', problems: [], files: ['spec/shapes.md'], notes: [] },
    // Each call of the models, paid by what it said that it cost.
    spent: { turns: 12, tokens: 12_000, microUsd: 12_000 },
  });
  const text = readFileSync(join(folder.path, 'shapes.plan.yaml'), 'utf8');
  expect(text).toContain('accept:');
  expect(existsSync(join(folder.path, 'shapes.design.md'))).toBe(true);
  const [scout] = scouts.requests;
  expect(scout?.tools.map(({ name }) => name)).toEqual(['list_files', 'read_file', 'search']);
  expect(architects.requests.flatMap(({ tools }) => tools.map(({ name }) => name))).not.toContain(
    'write_file',
  );
});

it('plans with models behind a service that fails now and then, whose key is told to nobody', async () => {
  await using folder = await tempFolder();
  writeFileSync(join(folder.path, 'notes.md'), 'A circle has an area.\n');
  await using server = await startMessagesServer({
    key: testKey,
    script: ({ system }) => {
      const told = JSON.stringify(system);
      const text = told.includes('You look into one question')
        ? JSON.stringify({ findings: 'notes.md:1 speaks of circles.' })
        : told.includes('You test whether')
          ? assessed
          : planAnswerText();
      return { content: [{ type: 'text', text }] };
    },
    faults: ({ n }) => (n % 5 === 1 ? { kind: 'status', status: 529, message: 'busy' } : null),
  });
  // A key that stands in what agents read must not stand in what is taken down of them.
  writeFileSync(join(folder.path, 'notes.md'), `A circle has an area. ${testKey}\n`);
  const service = { apiKey: testKey, baseURL: server.url, keyHint: 'set it' };
  const planned = await planGoal({
    ...{ workspace: folder.path, goal: 'Areas of shapes', name: null, force: false },
    ...{ base: 'work-tree', agents: null, script: null, models: { choice: {}, service } },
    ...{ speed: 1, mayAsk: true, answers: [], person: null },
    budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 30 * 60_000 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(planned).toMatchObject({ kind: 'proposed', problems: [], planFile: 'shapes.plan.yaml' });
  expect(planned.spent.microUsd).toBeGreaterThan(0);
  if (planned.kind !== 'proposed') throw new Error(planned.kind);
  expect(planned.test.sequential.microUsd).toBeGreaterThan(0);
  expect(server.service.answered(200)).toBe(6);
  expect(server.service.answered(529)).toBeGreaterThan(0);
  const plan = readFileSync(join(folder.path, 'shapes.plan.yaml'), 'utf8');
  expect(plan).toContain('builders: { max: 3, agent: anthropic }');
  const { costs, planning } = planned;
  expect(costs.byRole.map(({ role }) => role).sort()).toEqual(['architect', 'scout']);
  expect(costs.byModel).toMatchObject([{ provider: 'anthropic', unpriced: 0 }]);
  expect(costs.total.microUsd).toBe(planned.spent.microUsd);
  const transcripts = join(folder.path, '.ce-workspace/planning', planning ?? '', 'transcripts');
  const written = readdirSync(transcripts).map((file) =>
    readFileSync(join(transcripts, file), 'utf8'),
  );
  expect(written).toHaveLength(6);
  expect(written.join('\n')).toContain('notes.md:1 speaks of circles.');
  expect(JSON.stringify(planned) + plan + written.join('\n')).not.toContain(testKey);
});

it('says whose fault it is where the service serves nobody, and asks it nothing more', async () => {
  await using folder = await tempFolder();
  writeFileSync(join(folder.path, 'notes.md'), 'A circle has an area.\n');
  const ended = async (status: number, message: string) => {
    await using server = await startMessagesServer({
      key: testKey,
      script: () => ({ content: [] }),
      faults: () => ({ kind: 'status', status, message }),
    });
    const steps: string[] = [];
    const service = { apiKey: testKey, baseURL: server.url, keyHint: 'set it THERE' };
    const planned = await planGoal({
      ...{ workspace: folder.path, goal: 'Areas of shapes', name: null, force: false },
      ...{ base: 'work-tree', agents: 'anthropic', script: null },
      ...{ models: { choice: {}, service }, speed: 1, mayAsk: true, answers: [], person: null },
      budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 30 * 60_000 },
      signal: new AbortController().signal,
      onProgress: ({ says }) => steps.push(says),
    });
    if (planned.kind !== 'failed') throw new Error(planned.kind);
    expect(steps).not.toContain('testing the preconditions');
    expect(planned.notes).toEqual([]);
    return planned.message.replace(server.url, 'URL');
  };
  expect(await ended(401, 'invalid x-api-key')).toBe(
    'anthropic refuses the key (401 authentication_error: invalid x-api-key), asked at URL; set it THERE',
  );
  expect(await ended(404, 'model: gpt-9')).toBe(
    'anthropic does not give the planners their model (404 not_found_error: model: gpt-9), asked at URL; name another model for the planners',
  );
  expect(await ended(400, 'Your credit balance is too low')).toContain(
    'anthropic wants to be paid first (400 invalid_request_error: Your credit balance is too low), asked at URL; see to its account',
  );
});

it('says before anybody works that nobody knows what a model costs, and makes no money of it', async () => {
  await using folder = await tempFolder();
  writeFileSync(join(folder.path, 'notes.md'), 'A circle has an area.\n');
  const working = new AbortController();
  const told: string[] = [];
  const service = { apiKey: testKey, baseURL: 'http://127.0.0.1:9', keyHint: 'set it' };
  const ask = (agents: string, choice: Record<string, string>) =>
    planGoal({
      ...{ workspace: folder.path, goal: 'Areas of shapes', name: null, force: false },
      ...{ base: 'work-tree', agents, script: null, models: { choice, service } },
      ...{ speed: 1, mayAsk: true, answers: [], person: null },
      budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 30 * 60_000 },
      signal: working.signal,
      onProgress: ({ kind, says }) => {
        if (kind === 'note') told.push(says);
        else if (says.includes('scouts')) working.abort();
      },
    });
  const planned = await ask('anthropic', { planners: 'local-model' });
  expect(told).toEqual([expect.stringContaining('nobody knows what local-model costs')]);
  expect(planned.notes).toEqual(told);
  // A price that is listed, and one of a pool that does not plan, need no word.
  await ask('anthropic', { builders: 'local-model' });
  expect(told).toHaveLength(1);
});
