import { beforeEach, expect, it, vi } from 'vitest';
import { engine } from '../../../src/extension/engine-door.ts';
import { late } from '../../../src/extension/late-door.ts';
import {
  isLoadFailure,
  loadFailure,
  notLoaded,
  onLoadFailure,
  tellLoadFailure,
} from '../../../src/extension/native/load-failure.ts';

/** What a person is told, with which buttons, and what they click. */
const editor = vi.hoisted(() => ({
  told: [] as (readonly string[])[],
  answer: null as ((title: string | undefined) => void) | null,
  done: [] as string[],
}));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...args: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
  },
  commands: {
    executeCommand: async (id: string) => {
      editor.done.push(id);
      return Promise.resolve();
    },
  },
  window: {
    showErrorMessage: (...told: readonly string[]) => {
      editor.told.push(told);
      return new Promise((resolve) => (editor.answer = resolve));
    },
  },
}));

function rig() {
  const logged: string[] = [];
  const log = {
    error: (text: string | Error) => logged.push(text instanceof Error ? text.message : text),
    show: () => editor.done.push('output'),
  };
  return { log, logged };
}

beforeEach(() => {
  editor.told.length = 0;
  editor.done.length = 0;
});

// Nothing was built beside the sources: both bundles lack here.
it('an engine that cannot be loaded says which file, and what to do; whoever listens hears it once', async () => {
  const heard: string[] = [];
  using _ = listening((failure) => heard.push(failure.message));
  const first: unknown = await engine().catch((error: unknown) => error);
  const second: unknown = await engine().catch((error: unknown) => error);
  if (!isLoadFailure(first)) throw new Error(String(first));
  expect(first.message).toContain('dist/engine/engine.mjs');
  expect(first.message).toContain('Reload the window');
  expect(first.cause).toBeInstanceOf(Error);
  expect(second).toBe(first);
  expect(heard).toEqual([first.message]);
  expect(loadFailure()).toBe(first);
});

it('so does what loads late, and it is not tried again', () => {
  const heard: string[] = [];
  using _ = listening((failure) => heard.push(failure.message));
  for (const _try of [1, 2]) expect(late).toThrow('dist/late/late.cjs');
  expect(heard).toHaveLength(1);
});

it('offers to reload the window, and has the cause in the output', async () => {
  const { log, logged } = rig();
  const telling = tellLoadFailure(log, notLoaded('dist/a.mjs', new Error('Unexpected end')));
  expect(editor.told[0]?.slice(1)).toEqual(['Reload Window', 'Show Output']);
  expect(logged).toEqual([expect.stringContaining('dist/a.mjs'), 'Unexpected end']);
  editor.answer?.('Reload Window');
  await telling;
  expect(editor.done).toEqual(['workbench.action.reloadWindow']);
});

it('is not told again while it stands there, and is once it was put away', async () => {
  const { log } = rig();
  const failure = notLoaded('dist/b.mjs', 'damaged');
  const telling = tellLoadFailure(log, failure);
  await tellLoadFailure(log, failure);
  expect(editor.told).toHaveLength(1);
  editor.answer?.('Show Output');
  await telling;
  void tellLoadFailure(log, failure);
  expect(editor.told).toHaveLength(2);
  expect(editor.done).toEqual(['output']);
});

it('a message in the error makes no link', () => {
  const { log } = rig();
  void tellLoadFailure(log, notLoaded('dist/c.mjs', new Error('[Fix it](command:evil)')));
  expect(editor.told[0]?.[0]).not.toContain('](');
});

function listening(listener: Parameters<typeof onLoadFailure>[0]): Disposable {
  const subscription = onLoadFailure(listener);
  return { [Symbol.dispose]: () => void subscription.dispose() };
}
