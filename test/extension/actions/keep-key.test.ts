import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { keyFault } from '../../../src/extension/actions/keep-key.ts';
import { registerCommands } from '../../../src/extension/actions/register-commands.ts';
import { tellFailure } from '../../../src/extension/actions/tell-failure.ts';
import { WindowModels } from '../../../src/extension/runs/models.ts';

interface Input {
  readonly password?: boolean;
  readonly validateInput: (typed: string) => string | null;
}

/** What a person types and answers, and what is shown to it. */
const editor = vi.hoisted(() => ({
  commands: new Map<string, () => Promise<void>>(),
  types: [] as (string | undefined)[],
  inputs: [] as Input[],
  shown: [] as string[],
  buttons: [] as string[],
  answer: undefined as string | undefined,
}));

vi.mock('vscode', () => {
  const message = async (text: string, ...buttons: string[]) => {
    editor.shown.push(text);
    editor.buttons.push(...buttons);
    return Promise.resolve(buttons.find((each) => each === editor.answer));
  };
  return {
    l10n: {
      t: (text: string, ...given: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
    },
    ProgressLocation: { Notification: 15 },
    ViewColumn: { One: 1, Beside: -2 },
    Uri: { joinPath: () => undefined },
    commands: {
      registerCommand: (id: string, act: () => Promise<void>) => {
        editor.commands.set(id, act);
        return { dispose: () => undefined };
      },
    },
    workspace: {},
    window: {
      showErrorMessage: message,
      showInformationMessage: message,
      showInputBox: async (input: Input) => {
        editor.inputs.push(input);
        return Promise.resolve(editor.types.shift());
      },
    },
  };
});

const key = `sk-ant-${'a1_-'.repeat(20)}`;

/** As the editor keeps secrets: in one place, of which it tells whoever listens. */
class FakeSecrets {
  readonly kept = new Map<string, string>();
  isLocked = false;
  readonly #listeners = new Set<(change: { key: string }) => void>();
  readonly onDidChange = (listener: (change: { key: string }) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  async get(name: string): Promise<string | undefined> {
    if (this.isLocked) throw new Error(`locked: ${[...this.kept.values()].join()}`);
    return Promise.resolve(this.kept.get(name));
  }

  async store(name: string, value: string): Promise<void> {
    this.kept.set(name, value);
    await this.#tell(name);
  }

  async delete(name: string): Promise<void> {
    this.kept.delete(name);
    await this.#tell(name);
  }

  async #tell(name: string): Promise<void> {
    for (const listener of this.#listeners) listener({ key: name });
    await Promise.resolve();
  }
}

const noModel = () => Promise.resolve({ ok: false, code: 'none', message: 'none' } as const);

function rig() {
  const secrets = new FakeSecrets();
  const written: string[] = [];
  const refused: string[] = [];
  const write = (text: unknown): void => void written.push(String(text));
  const log = { info: write, warn: write, error: write };
  const models = new WindowModels(secrets, log, { open: noModel }, () => ({
    ...{ baseURL: null, claudeCode: { sdk: null, executable: null } },
  }));
  const parts: unknown = { context: { secrets }, log, models };
  registerCommands(parts as ActionParts);
  const fromHere: unknown = {
    context: { secrets },
    log,
    models,
    refused: (says: string) => refused.push(says),
  };
  return { secrets, models, written, refused, parts: fromHere as ActionParts };
}

const run = async (id: string): Promise<void> => editor.commands.get(id)?.();

beforeEach(() => {
  Object.assign(editor, { types: [key], inputs: [], shown: [], buttons: [], answer: undefined });
  editor.commands.clear();
});

describe('the key that the editor keeps', () => {
  it('is asked for without showing it, and kept among the secrets alone', async () => {
    const { secrets, models, written } = rig();
    editor.types = [`  ${key}\n`];
    await run('ashlar.setKey');
    expect(editor.inputs).toMatchObject([{ password: true }]);
    expect([...secrets.kept.values()]).toEqual([key]);
    expect((await models.options()).service.apiKey).toBe(key);
    expect([...written, ...editor.shown].join()).not.toContain(key);
    expect(editor.shown).toHaveLength(1);
  });

  it('is removed again, and says so where there was none', async () => {
    const { secrets, models } = rig();
    await run('ashlar.setKey');
    await run('ashlar.removeKey');
    await run('ashlar.removeKey');
    expect(secrets.kept.size).toBe(0);
    expect((await models.options()).service.apiKey).toBeNull();
    expect(editor.shown.slice(1)).toEqual([
      expect.stringContaining('removed'),
      'The editor keeps no key for Anthropic.',
    ]);
  });

  it('reaches what runs already: it is asked for where it is needed', async () => {
    const { models } = rig();
    const { service } = await models.options();
    expect([service.apiKey, service.keyHint]).toEqual([
      null,
      'give it with “Ashlar: Set Key for Anthropic…”',
    ]);
    await run('ashlar.setKey');
    await vi.waitFor(() => expect(service.apiKey).toBe(key));
  });

  it('keeps nobody from working where it cannot be read, and never tells of it', async () => {
    const { secrets, models, written } = rig();
    await run('ashlar.setKey');
    secrets.isLocked = true;
    const { service } = await models.options();
    expect(service.apiKey).toBeNull();
    expect(service.keyHint).toContain('could not read');
    expect(written.join()).toContain('could not read the key');
    expect(written.join()).not.toContain(key);
  });

  it.each(['', '   ', 'hunter2', 'sk-ant-short', `${key} and more`, `sk-ant-${'x'.repeat(1_000)}`])(
    'is not %j: that is refused without saying it again',
    async (typed) => {
      const { secrets } = rig();
      const fault = keyFault(typed);
      expect(fault).not.toBeNull();
      if (typed.trim() !== '') expect(fault).not.toContain(typed);
      editor.types = [typed];
      await run('ashlar.setKey');
      expect(editor.inputs[0]?.validateInput(typed)).toBe(fault);
      expect(secrets.kept.size).toBe(0);
    },
  );

  it('is left as it is where the person leaves', async () => {
    const { secrets } = rig();
    await run('ashlar.setKey');
    editor.types = [undefined];
    await run('ashlar.setKey');
    expect([...secrets.kept.values()]).toEqual([key]);
  });
});

describe('what cannot begin without a key', () => {
  const missing = { code: 'no-key', message: 'anthropic agents need an API key' };

  it('is said with a button that sets one, and begins again by it', async () => {
    const { parts, secrets, refused } = rig();
    editor.answer = 'Set Key…';
    const again = new Promise<void>((resolve) => {
      tellFailure(parts, missing, async () => {
        await Promise.resolve();
        resolve();
      });
    });
    await again;
    expect(editor.shown[0]).toBe('Anthropic agents need an API key.');
    expect(editor.buttons).toEqual(['Set Key…']);
    expect(secrets.kept.size).toBe(1);
    expect(refused).toEqual([]);
  });

  it('does not begin again where no key was given', async () => {
    const { parts, secrets } = rig();
    Object.assign(editor, { answer: 'Set Key…', types: [undefined] });
    const again = vi.fn(async () => Promise.resolve());
    tellFailure(parts, missing, again);
    await vi.waitFor(() => expect(editor.inputs).toHaveLength(1));
    // All that follows from the answer is done by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(again).not.toHaveBeenCalled();
    expect(secrets.kept.size).toBe(0);
  });

  it('other failures are said where they always were', () => {
    const { parts, refused } = rig();
    tellFailure(parts, { code: 'held', message: 'it is held' }, async () => Promise.resolve());
    expect(refused).toEqual(['It is held.']);
    expect(editor.shown).toEqual([]);
  });
});
