import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEditorModel } from '../../../src/extension/agents/editor-models.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import type { AgentTask } from '../../../src/engine/agents/task.ts';
import { Supervision } from '../../../src/engine/agents/supervision.ts';
import type { ModelOptions } from '../../../src/engine/agents/model-service.ts';
import { openPlanner } from '../../../src/engine/providers.ts';
import { builderTask, evaluatorTask } from '../../engine/agents/tasks.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { writeFiles } from '../../support/tiny-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import {
  editorError,
  FakeModel,
  fakeEditor,
  streams,
  text,
  textIn,
  tool,
  type FakeTurn,
} from './fake-editor.ts';

const service = { apiKey: null, baseURL: null, keyHint: '' };
const clock = new VirtualClock();

/** The editor's agents, as the engine opens them. */
async function open(models: readonly FakeModel[], chosen = '') {
  const api = fakeEditor(...models);
  const options: ModelOptions = {
    ...{ choice: {}, service },
    editor: { open: async (name) => openEditorModel(api, name, chosen) },
  };
  const where = { workspace: '/nowhere', agents: 'vscode-lm', script: null, clock };
  return openPlanner({ ...where, models: options });
}

/** What becomes of a task where a model of the editor does this. */
async function work(model: FakeModel, task: AgentTask, on: Clock = clock) {
  const { signal } = new AbortController();
  const opened = await open([model]);
  if (!opened.ok) throw new Error(opened.message);
  const { provider } = opened;
  const outcome = await new Supervision({
    ...{ provider, task, clock: on, signal },
    ...{ stallMs: 300_000, graceMs: 1_000, checks: null },
    onProgress: () => undefined,
    onLate: () => undefined,
    desk: {
      give: () => Promise.resolve(null),
      request: () => Promise.resolve({ ok: false, message: 'nobody gives that' }),
      asked: () => [],
      arrives: () => Promise.resolve(),
      take: () => Promise.resolve([]),
    },
    pen: { write: () => undefined },
  }).outcome;
  return { outcome, metered: provider.metered };
}

async function folder() {
  const made = await tempFolder();
  writeFiles(made.path, { 'README.md': '# Read me\n' });
  return made;
}

const submit = streams(tool('submit', { summary: 'It is done.' }));
const fails =
  (code: string, message: string): FakeTurn =>
  () =>
    editorError(code, message);

describe('a model of the editor', () => {
  it('works by tools, is told what came of them, and is counted by its own count', async () => {
    await using here = await folder();
    const file = { path: 'src/lexer/index.js', content: 'export {};\n' };
    const model = new FakeModel(
      'small',
      streams(text('I look '), text('first.'), tool('read_file', { path: 'README.md' })),
      streams(tool('write_file', file), tool('write_file', { path: 'README.md', content: '' })),
      submit,
    );
    const { outcome, metered } = await work(model, builderTask({ folder: here.path }));
    expect(outcome).toMatchObject({ kind: 'submitted', summary: 'It is done.' });
    expect(readFileSync(join(here.path, file.path), 'utf8')).toBe(file.content);
    const [first, second, third] = model.requests;
    // There is no system role: instructions come first, as a user's words.
    expect(first!.messages.map(({ role }) => role)).toEqual(['user', 'user']);
    expect(first!.options.tools?.map(({ name }) => name)).toContain('write_file');
    expect(first!.options.justification).toContain('Ashlar');
    expect(textIn(second!.messages.at(-2)!)).toContain('I look first.');
    expect(textIn(second!.messages.at(-1)!)).toContain('# Read me');
    expect(textIn(third!.messages.at(-1)!)).toContain('Not done: ');
    // As many turns as requests; tokens are an estimate, and money is unknown.
    expect(outcome.spent).toMatchObject({ turns: 3, microUsd: 0 });
    const told = model.requests.flatMap(({ messages }) => messages.map(textIn)).join('').length;
    expect(outcome.spent.tokens).toBeGreaterThan(told / 4);
    expect(metered).toBe('estimated');
  });

  it('answers by JSON in its text: its shape is told, and an answer out of shape is mended once', async () => {
    await using here = await folder();
    const verdict = { verdict: 'PASS', summary: 'It holds.', evidence: [] };
    const whole = { ...verdict, falseClaims: [], testsWrong: null };
    const model = new FakeModel(
      'small',
      streams(text('I like it.')),
      streams(text('```json\n'), text(JSON.stringify(whole)), text('\n```')),
    );
    const { outcome } = await work(model, evaluatorTask({ folder: here.path }));
    expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS', summary: 'It holds.' });
    expect(textIn(model.requests[0]!.messages[0]!)).toMatch(/nothing but JSON in the shape/);
    expect(textIn(model.requests[1]!.messages.at(-1)!)).toContain('it is not JSON');
  });

  it('is told to end when its agent is, whether or not its extension heeds that', async () => {
    const ending = new AbortController();
    const model = new FakeModel('deaf', async function* () {
      yield text('I begin');
      ending.abort(new Error('cancelled'));
      await new Promise(() => undefined);
    });
    const opened = await openEditorModel(fakeEditor(model), null, '');
    if (!opened.ok) throw new Error(opened.message);
    const request = { system: [], messages: [], tools: [], answer: null, maxOutputTokens: 100 };
    const heard: string[] = [];
    const calling = opened.model.call(
      request,
      (said) => heard.push(said),
      ending.signal,
      () => false,
    );
    await expect(calling).rejects.toThrow('cancelled');
    expect(heard).toEqual(['I begin']);
    expect(model.requests[0]!.token.isCancellationRequested).toBe(true);
  });

  it('lets the time of an attempt stand still until the editor lets it ask, and no longer', async () => {
    const told: string[] = [];
    const model = new FakeModel('asks', async function* () {
      told.push('answers');
      yield await Promise.resolve(text('Yes.'));
    });
    const opened = await openEditorModel(fakeEditor(model), null, '');
    if (!opened.ok) throw new Error(opened.message);
    const request = { system: [], messages: [], tools: [], answer: null, maxOutputTokens: 100 };
    const waits = (isWaiting: boolean, whom = ''): void =>
      void told.push(`${isWaiting ? 'waits' : 'is asked'} ${whom}`.trim());
    const { signal } = new AbortController();
    const never = (): boolean => false;
    await opened.model.call(request, () => undefined, signal, never, waits);
    expect(told).toEqual(['waits person', 'is asked', 'answers']);
  });

  it('is neither stalled nor out of minutes however long the editor asks for consent', async () => {
    await using here = await folder();
    const model = new FakeModel('asks', submit);
    const consent = model.asksForConsent();
    const virtual = new VirtualClock();
    const working = work(model, builderTask({ folder: here.path }), virtual);
    await consent.asked;
    virtual.advance(600 * 60_000);
    consent.give();
    expect((await working).outcome).toMatchObject({ kind: 'submitted', spent: { ms: 0 } });
  });

  it('is cut off where it says far more than it may', async () => {
    await using here = await folder();
    const endless: FakeTurn = async function* () {
      for (;;) yield await Promise.resolve(text('x'.repeat(50_000)));
    };
    const model = new FakeModel('endless', endless, endless, endless);
    const { outcome } = await work(model, builderTask({ folder: here.path }));
    expect(outcome).toMatchObject({ kind: 'failed', code: 'bad-answer' });
    expect(model.requests.every(({ token }) => token.isCancellationRequested)).toBe(true);
  });

  it('is counted roughly where it cannot count', async () => {
    await using here = await folder();
    const model = new FakeModel('small', submit);
    model.canCount = false;
    const { outcome } = await work(model, builderTask({ folder: here.path }));
    const told = model.requests[0]!.messages.map(textIn).join('').length;
    expect(outcome.spent.tokens).toBeGreaterThan(told / 4);
  });

  it.each([
    [fails('NoPermissions', 'no'), 'no-model', 'allow it when the editor asks'],
    [fails('NotFound', 'gone'), 'no-model', 'no longer offers The small: sign in'],
    [fails('Blocked', 'the quota is used up'), 'provider-down', 'the quota is used up'],
    [fails('Unknown', 'it broke \u001b[31m down'), 'provider-down', 'it broke down'],
    [fails('Unknown', 'prompt is too long'), 'too-large', 'too long'],
  ])('says why it does not answer: %#', async (turn, code, says) => {
    await using here = await folder();
    const { outcome } = await work(
      new FakeModel('small', turn),
      builderTask({ folder: here.path }),
    );
    expect(outcome).toMatchObject({ kind: 'failed', code });
    expect('message' in outcome && outcome.message).toContain(says);
  });

  it('has refused a task where its answer was filtered', async () => {
    await using here = await folder();
    const model = new FakeModel('small', fails('Unknown', 'Response got filtered'));
    const { outcome } = await work(model, builderTask({ folder: here.path }));
    expect(outcome).toMatchObject({ kind: 'refused' });
  });
});

describe('agents of the editor’s models', () => {
  const [small, large] = [new FakeModel('small'), new FakeModel('large')];

  it.each([
    [[], '', 'no-language-model', 'install an extension that brings some'],
    [[small, large], '', 'no-chosen-model', 'offers 2 language models, and none is chosen'],
    [[small], 'local/gone', 'no-chosen-model', 'offers no language model "local/gone" any more'],
  ])('cannot be opened: %#', async (models, chosen, code, says) => {
    const opened = await open(models, chosen);
    expect(opened).toMatchObject({ ok: false, code });
    expect(opened.ok || opened.message).toContain(says);
  });

  it('are the only one there is, the chosen one, or the one that the plan names', async () => {
    const idOf = async (name: string | null, chosen: string, ...models: FakeModel[]) => {
      const opened = await openEditorModel(fakeEditor(...models), name, chosen);
      return opened.ok ? opened.model.id : opened.code;
    };
    expect(await idOf(null, '', small)).toBe('local/small');
    expect(await idOf(null, 'local/large', small, large)).toBe('local/large');
    expect(await idOf('small', 'local/large', small, large)).toBe('local/small');
    expect(await idOf('other', 'local/large', small, large)).toBe('no-such-model');
  });

  it('are not there outside the editor, and that is said', async () => {
    const where = { workspace: '/nowhere', agents: 'vscode-lm', script: null, clock };
    const opened = await openPlanner({ ...where, models: { choice: {}, service } });
    expect(opened).toMatchObject({ ok: false, code: 'only-in-editor' });
    expect(opened.ok || opened.message).toContain('start the run in VS Code');
  });
});
