import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { registerCommands } from '../../../src/extension/actions/register-commands.ts';
import { tellFailure } from '../../../src/extension/actions/tell-failure.ts';

interface Item {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What the editor offers, what a person picks, and what comes of it. */
const editor = vi.hoisted(() => ({
  commands: new Map<string, () => Promise<void>>(),
  models: [] as object[],
  offered: [] as Item[],
  picks: undefined as string | undefined,
  shown: [] as string[],
  setting: '',
  inWorkspace: undefined as string | undefined,
  written: [] as unknown[][],
  ran: [] as string[],
}));

vi.mock('vscode', () => {
  const message = async (text: string, ...buttons: string[]) => {
    editor.shown.push(text);
    return Promise.resolve(buttons[0]);
  };
  return {
    l10n: {
      t: (text: string, ...given: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
    },
    ConfigurationTarget: { Global: 1, Workspace: 2 },
    ProgressLocation: { Notification: 15 },
    ViewColumn: { One: 1, Beside: -2 },
    Uri: { joinPath: () => undefined },
    commands: {
      registerCommand: (id: string, act: () => Promise<void>) => {
        editor.commands.set(id, act);
        return { dispose: () => undefined };
      },
      executeCommand: async (id: string) => Promise.resolve(editor.ran.push(id)),
    },
    lm: { selectChatModels: async () => Promise.resolve(editor.models) },
    workspace: {
      getConfiguration: () => ({
        get: () => editor.setting,
        inspect: () => ({ workspaceValue: editor.inWorkspace }),
        update: async (...given: unknown[]) => Promise.resolve(editor.written.push(given)),
      }),
    },
    window: {
      showErrorMessage: message,
      showWarningMessage: message,
      showQuickPick: async (items: readonly Item[]) => {
        editor.offered = [...items];
        return Promise.resolve(items.find(({ label }) => label === editor.picks));
      },
    },
  };
});

const model = (id: string, name: string) => ({ vendor: 'local', id, name, maxInputTokens: 64_000 });
const run = async (): Promise<void> => editor.commands.get('ashlar.chooseLanguageModel')?.();
const given: unknown = { log: { error: () => undefined }, refused: () => undefined };
const parts = given as ActionParts;

beforeEach(() => {
  Object.assign(editor, {
    ...{ models: [model('small', 'Small'), model('large', '$(bell) Large')], offered: [] },
    ...{ picks: 'Small', shown: [], setting: 'local/large', inWorkspace: undefined, written: [] },
    ran: [],
  });
  registerCommands(parts);
});

describe('choosing a language model of the editor', () => {
  it('lists those that are there, and keeps the choice in the settings', async () => {
    await run();
    expect(editor.offered.map(({ description }) => description)).toEqual([
      'local/small',
      'local/large',
    ]);
    expect(editor.offered[1]?.detail).toContain('chosen now');
    expect(editor.offered[1]?.label).not.toContain('$(');
    expect(editor.written).toEqual([['languageModel', 'local/small', 1]]);
  });

  it('changes what the workspace says, where it says anything', async () => {
    editor.inWorkspace = 'local/large';
    await run();
    expect(editor.written).toEqual([['languageModel', 'local/small', 2]]);
  });

  it('says what to do where there is none', async () => {
    editor.models = [];
    await run();
    expect(editor.shown).toEqual([expect.stringContaining('Install an extension')]);
    expect(editor.written).toEqual([]);
    await expect.poll(() => editor.ran).toEqual(['workbench.extensions.search']);
  });

  it('shows what can be installed where a run finds none, and does not begin again by itself', async () => {
    let begun = 0;
    const failure = { code: 'no-language-model', message: 'there is none' };
    tellFailure(parts, failure, () => Promise.resolve(void (begun += 1)));
    await expect.poll(() => editor.ran).toEqual(['workbench.extensions.search']);
    expect([editor.shown, begun]).toEqual([['There is none.'], 0]);
  });

  it('is offered where one is missing, and what was begun begins again by it', async () => {
    const failure = { code: 'no-chosen-model', message: 'none is chosen' };
    await new Promise<void>((resolve) => {
      tellFailure(parts, failure, async () => {
        await Promise.resolve();
        resolve();
      });
    });
    expect(editor.shown).toEqual(['None is chosen.']);
    expect(editor.written).toHaveLength(1);
  });

  it('changes nothing where the person leaves', async () => {
    editor.picks = undefined;
    await run();
    expect(editor.written).toEqual([]);
  });
});
