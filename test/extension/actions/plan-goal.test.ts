import { existsSync, readFileSync } from 'node:fs';
import { cp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { planGoal } from '../../../src/extension/actions/plan-goal.ts';
import { tempFolder } from '../../support/temp-folder.ts';

interface Shown {
  readonly path: string;
  readonly where: unknown;
}

/** What a person does, and what is shown to it. */
const editor = vi.hoisted(() => ({
  isTrusted: true,
  folders: [] as { name: string; uri: { scheme: string; fsPath: string } }[],
  /** By what is asked for; undefined where the person leaves. */
  types: [] as (string | undefined)[],
  picks: [] as (string | undefined)[],
  asked: [] as string[],
  shown: [] as Shown[],
  messages: [] as { kind: string; text: string; detail: string | undefined }[],
  progress: [] as string[],
  cancels: null as null | (() => boolean),
  answer: undefined as string | undefined,
  ran: [] as string[],
}));

vi.mock('vscode', () => {
  const uri = (fsPath: string) => ({ scheme: 'file', fsPath });
  const message =
    (kind: string) =>
    async (text: string, ...rest: readonly unknown[]) => {
      const [options] = rest;
      const detail =
        typeof options === 'object' ? (options as { detail?: string }).detail : undefined;
      editor.messages.push({ kind, text, detail });
      return Promise.resolve(rest.includes(editor.answer) ? editor.answer : undefined);
    };
  return {
    l10n: {
      t: (text: string, ...given: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
    },
    ProgressLocation: { Notification: 15 },
    ViewColumn: { One: 1, Beside: -2 },
    CancellationTokenSource: class {
      readonly token = {};
      cancel = (): void => undefined;
      dispose = (): void => undefined;
    },
    Uri: {
      joinPath: (base: { fsPath: string }, ...parts: readonly string[]) =>
        uri([base.fsPath, ...parts].join('/')),
    },
    commands: { executeCommand: async (id: string) => Promise.resolve(editor.ran.push(id)) },
    workspace: {
      get isTrusted() {
        return editor.isTrusted;
      },
      get workspaceFolders() {
        return editor.folders;
      },
      fs: { stat: async ({ fsPath }: { fsPath: string }) => stat(fsPath) },
      getConfiguration: () => ({
        get: (name: string) => (name === 'scriptedAgentSpeed' ? 100 : undefined),
      }),
      openTextDocument: async (file: { fsPath: string }) => Promise.resolve(file),
    },
    window: {
      showInputBox: async ({ title, prompt }: { title: string; prompt: string }) => {
        editor.asked.push(`${title}: ${prompt}`);
        return Promise.resolve(editor.types.shift());
      },
      showQuickPick: async (
        items: readonly { label: string }[],
        { title, placeHolder = '' }: { title: string; placeHolder?: string },
      ) => {
        editor.asked.push(`${title}: ${placeHolder}`);
        const label = editor.picks.shift();
        return Promise.resolve(items.find((item) => item.label === label));
      },
      showTextDocument: async ({ fsPath }: { fsPath: string }, where: unknown) =>
        Promise.resolve(editor.shown.push({ path: fsPath, where })),
      showErrorMessage: message('error'),
      showInformationMessage: message('information'),
      showWarningMessage: message('warning'),
      withProgress: async (
        _where: unknown,
        work: (progress: unknown, token: unknown) => Promise<unknown>,
      ) => {
        const listeners: (() => void)[] = [];
        const report = ({ message: says }: { message: string }): void => {
          editor.progress.push(says);
          if (editor.cancels?.() === true) for (const listener of listeners) listener();
        };
        const onCancellationRequested = (listener: () => void) => {
          listeners.push(listener);
          return { dispose: () => undefined };
        };
        return work({ report }, { onCancellationRequested });
      },
    },
  };
});

vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () => import('../../../src/extension/engine.ts'),
}));

const service = { apiKey: null, baseURL: null, keyHint: 'give it in the editor' };

const goal = 'A command that turns a CSV file of expenses into a monthly report';

/** The example, with one of its scripts in the place where the window looks for it. */
async function window(script = 'script') {
  const folder = await tempFolder();
  await cp('examples/from-a-goal', folder.path, { recursive: true });
  if (script !== 'script') {
    await rm(join(folder.path, 'script'), { recursive: true });
    await rename(join(folder.path, script), join(folder.path, 'script'));
  }
  editor.folders = [{ name: 'here', uri: { scheme: 'file', fsPath: folder.path } }];
  const refusals: string[] = [];
  const underlined: { path: string; codes: string[]; isWhole: boolean }[] = [];
  const memory = new Map<string, unknown>();
  const parts: unknown = {
    context: {
      workspaceState: {
        get: (key: string) => memory.get(key),
        update: async (key: string, value: unknown) => Promise.resolve(memory.set(key, value)),
      },
    },
    log: { info: () => undefined },
    models: { options: async () => Promise.resolve({ choice: {}, service }) },
    refused: (says: string) => refusals.push(says),
    plans: {
      show: (plan: { fsPath: string }, found: readonly { code: string }[], isWhole: boolean) =>
        underlined.push({ path: plan.fsPath, codes: found.map(({ code }) => code), isWhole }),
    },
  };
  return {
    ...{ path: folder.path, parts: parts as ActionParts, refusals, underlined, memory },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

beforeEach(() => {
  Object.assign(editor, {
    ...{ isTrusted: true, types: [goal], picks: ['Scripted agents'], asked: [], shown: [] },
    ...{ messages: [], progress: [], cancels: null, answer: undefined, ran: [] },
  });
});

describe('a new plan from a goal', () => {
  it('shows progress, and opens the plan with its diagnostics and the design beside it', async () => {
    await using here = await window();
    editor.answer = 'Check Plan';
    await planGoal(here.parts);
    const plan = join(here.path, 'expense-report.plan.yaml');
    const design = join(here.path, 'expense-report.design.md');
    expect(editor.shown).toEqual([
      { path: plan, where: 1 },
      { path: design, where: { viewColumn: -2, preserveFocus: true } },
    ]);
    expect(here.underlined).toEqual([{ path: plan, codes: [], isWhole: true }]);
    expect(editor.progress).toContain('testing the preconditions');
    expect(editor.progress).toContain('scout 1: lists the folder');
    expect(editor.messages).toMatchObject([
      {
        kind: 'information',
        text: expect.stringMatching(
          /with its design, and 2 files .* carry out 6 commands/,
        ) as unknown,
      },
    ]);
    // Checked only because it was asked for; nothing runs.
    expect(editor.ran).toEqual(['ashlar.checkPlan']);
    expect(existsSync(join(here.path, '.ce-workspace/runs'))).toBe(false);
    expect(here.refusals).toEqual([]);
  });

  it('shows a refusal with its figures and what to do instead', async () => {
    await using here = await window('script-small');
    editor.types = ['Print a greeting'];
    await planGoal(here.parts);
    const [{ kind, text, detail = '' } = { kind: '', text: '' }] = editor.messages;
    expect([kind, text]).toEqual([
      'warning',
      'Building side by side does not fit this goal. Use one agent.',
    ]);
    expect(detail).toContain('natural boundaries: does not hold.');
    expect(detail).toMatch(/one agent: 2 min, about 20 thousand tokens, \$0\.\d\d/);
    expect(detail).toMatch(/side by side: 4 min/);
    expect(editor.shown).toEqual([]);
  });

  it('asks its questions one after the other, once', async () => {
    await using here = await window('script-unclear');
    editor.types = ['Show me my expenses', 'only those of 2026'];
    editor.picks = ['Scripted agents', 'a web page with a chart', 'Something else…'];
    await planGoal(here.parts);
    expect(editor.asked.slice(2)).toEqual([
      'Question 1 of 2: What should be shown?',
      'Question 2 of 2: Which rows count, if some are wrong?',
      'Question 2 of 2: Which rows count, if some are wrong? Leave it empty where it does not matter.',
    ]);
    const design = readFileSync(join(here.path, 'expense-report.design.md'), 'utf8');
    expect(design).toContain('Answered: a web page with a chart');
    expect(design).toContain('Answered: only those of 2026');
  });

  it('writes nothing where the person leaves a question', async () => {
    await using here = await window('script-unclear');
    editor.types = ['Show me my expenses'];
    editor.picks = ['Scripted agents', undefined];
    await planGoal(here.parts);
    expect(editor.asked).toHaveLength(3);
    expect([editor.shown, editor.messages, here.refusals]).toEqual([[], [], []]);
  });

  it('ends quietly when it is cancelled, and offers the goal again', async () => {
    await using here = await window();
    editor.cancels = () => editor.progress.at(-1)?.startsWith('scout') === true;
    await planGoal(here.parts);
    expect([editor.shown, editor.messages, here.refusals]).toEqual([[], [], []]);
    expect([...here.memory.values()]).toEqual([goal]);
    expect(existsSync(join(here.path, 'expense-report.plan.yaml'))).toBe(false);
  });

  it('says what is missing: a folder, trust, a key', async () => {
    await using here = await window();
    editor.picks = ['Models of Anthropic'];
    await planGoal(here.parts);
    expect(editor.messages.splice(0)).toMatchObject([
      {
        kind: 'error',
        text: expect.stringMatching(/^Anthropic agents need an API key/) as unknown,
      },
    ]);
    editor.folders = [];
    await planGoal(here.parts);
    expect(here.refusals[0]).toBe('Open the folder first in which it is to be built.');
    editor.isTrusted = false;
    await planGoal(here.parts);
    expect(editor.messages).toMatchObject([
      { kind: 'warning', text: expect.stringContaining('not trusted') as unknown },
    ]);
  });

  it('begins nothing where the person leaves before there is a goal, or an agent', async () => {
    await using here = await window();
    editor.types = [undefined, goal];
    editor.picks = [undefined];
    await planGoal(here.parts);
    await planGoal(here.parts);
    expect([editor.progress, editor.shown, here.refusals]).toEqual([[], [], []]);
  });
});
