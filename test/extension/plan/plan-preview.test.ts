import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Uri, WebviewPanel } from 'vscode';
import type { PreviewHostMessage } from '../../../src/protocol/preview.ts';

type Listener = (given: unknown) => void;

/** As much of the editor as a preview needs. */
const editor = vi.hoisted(() => ({
  on: new Map<string, Listener>(),
  text: '',
  read: [] as string[],
  /** Holds the readings back until it is called. */
  hold: null as null | Promise<void>,
  shown: [] as { selection: unknown; options: unknown }[],
  visible: [] as unknown[],
  watched: [] as unknown[],
  forgot: 0,
  estimates: 'by guess',
}));

vi.mock('vscode', () => {
  const listen = (name: string) => (listener: Listener) => {
    editor.on.set(name, listener);
    return { dispose: () => editor.on.delete(name) };
  };
  const place = (kind: string) =>
    class {
      readonly kind = kind;
      readonly start: unknown;
      readonly end: unknown;
      constructor(start: unknown, end: unknown) {
        this.start = start;
        this.end = end;
      }
    };
  return {
    env: { language: 'en' },
    l10n: {
      bundle: undefined,
      t: (text: string, ...args: string[]) =>
        text.replace(/\{(\d)\}/g, (_, at: string) => args[Number(at)]!),
    },
    Range: place('range'),
    RelativePattern: class {
      readonly pattern: string;
      constructor(base: string, pattern: string) {
        this.pattern = `${base} ${pattern}`;
      }
    },
    Selection: place('selection'),
    TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
    ViewColumn: { One: 1, Beside: -2 },
    Uri: { joinPath: (...parts: unknown[]) => parts.join('/') },
    window: {
      get visibleTextEditors() {
        return editor.visible;
      },
      onDidChangeTextEditorSelection: listen('selection'),
      onDidChangeActiveTextEditor: listen('active'),
      showTextDocument: async (_: unknown, options: unknown) => {
        const made = { selection: null, options, revealRange: () => undefined };
        editor.shown.push(made);
        return made;
      },
    },
    workspace: {
      asRelativePath: () => 'a.plan.yaml',
      openTextDocument: async () => document,
      onDidChangeTextDocument: listen('change'),
      onDidOpenTextDocument: listen('open'),
      createFileSystemWatcher: (pattern: unknown) => {
        editor.watched.push(pattern);
        return {
          ...{
            onDidChange: listen('disk'),
            onDidCreate: listen('made'),
            onDidDelete: listen('gone'),
          },
          dispose: () => undefined,
        };
      },
    },
  };
});
vi.mock('../../../src/extension/engine-door.ts', () => {
  class Live {
    readonly #read = editor.read;
    forgetRuns = (): void => void (editor.forgot += 1);

    async read(text: string) {
      this.#read.push(text);
      await editor.hold;
      if (text === 'gone') throw new Error('no such file');
      return text.startsWith('broken')
        ? { plan: null, estimates: '', troubles: [{ line: 3, message: text }], more: 2 }
        : { plan: text, estimates: editor.estimates, troubles: [], more: 0 };
    }
  }
  return { engine: async () => ({ livePlan: async () => new Live() }) };
});

const { PlanPreview } = await import('../../../src/extension/plan/plan-preview.ts');

const uri = {
  path: '/w/a.plan.yaml',
  fsPath: '/w/a.plan.yaml',
  toString: () => 'file:///w/a.plan.yaml',
};
const document = {
  uri,
  lineCount: 40,
  getText: () => editor.text,
  offsetAt: (at: number) => at,
  positionAt: (at: number) => at,
  lineAt: (line: number) => ({ range: { start: line, end: line } }),
};

/** A tab whose page writes down what it is told. */
class Tab {
  readonly told: PreviewHostMessage[] = [];
  readonly on = new Map<string, Listener>();
  visible = true;
  title = '';
  viewColumn = 2;
  readonly webview = {
    ...{ html: '', options: {}, cspSource: 'x' },
    asWebviewUri: (address: unknown) => address,
    postMessage: async (message: PreviewHostMessage) => this.told.push(message),
    onDidReceiveMessage: (listener: Listener) => this.#listen('message', listener),
  };
  readonly onDidChangeViewState = (listener: Listener) => this.#listen('state', listener);
  readonly onDidDispose = (listener: Listener) => this.#listen('dispose', listener);

  #listen(name: string, listener: Listener) {
    this.on.set(name, listener);
    return { dispose: () => this.on.delete(name) };
  }

  async says(message: unknown): Promise<void> {
    this.on.get('message')?.(message);
    await vi.advanceTimersByTimeAsync(0);
  }

  async shows(visible: boolean): Promise<void> {
    this.visible = visible;
    this.on.get('state')?.({});
    await vi.advanceTimersByTimeAsync(0);
  }

  /** What was drawn and what was said, in short. */
  get brief(): unknown[] {
    return this.told.flatMap<unknown>((message) => {
      if (message.type === 'preview-plan') return [message.plan];
      if (message.type === 'preview-troubles') return [message.troubles.map(({ line }) => line)];
      return message.type === 'preview-cursor' ? [message.ref] : [];
    });
  }
}

const warnings: string[] = [];
function open(): Tab {
  return opened().tab;
}

function opened() {
  const tab = new Tab();
  const log = {
    debug: () => undefined,
    error: () => undefined,
    warn: (text: string) => warnings.push(text),
  };
  const preview = new PlanPreview(tab as unknown as WebviewPanel, uri as unknown as Uri, '/w', {
    ...{ extensionUri: '/x' as unknown as Uri, log },
  });
  return { tab, preview };
}

const types = async (typed: string, ms: number): Promise<void> => {
  editor.text = typed;
  editor.on.get('change')?.({ document, contentChanges: [{}] });
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(editor, { text: 'one', read: [], hold: null, shown: [], visible: [] });
  Object.assign(editor, { watched: [], forgot: 0, estimates: 'by guess' });
  warnings.length = 0;
});
afterEach(() => void vi.useRealTimers());

it('says nothing before its page listens, and then which plan it is and how it looks', async () => {
  const tab = open();
  await types('one', 1_000);
  expect(tab.told).toEqual([]);
  await tab.says({ type: 'ready' });
  expect(tab.told).toEqual([
    { type: 'preview-of', uri: 'file:///w/a.plan.yaml', file: 'a.plan.yaml' },
    { type: 'preview-plan', plan: 'one', estimates: 'by guess' },
  ]);
  expect(tab.title).toBe('Preview a');
});

it('follows what is typed once nobody types, and never draws the same twice', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  await types('tw', 100);
  await types('two', 100);
  expect(editor.read).toEqual(['one']);
  await types('two', 150);
  expect(editor.read).toEqual(['one', 'two']);
  await types('two', 150);
  expect(tab.brief).toEqual(['one', 'two', []]);
});

it('says what is wrong with a text that cannot be drawn, and draws again once it is mended', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  await types('broken', 150);
  expect(tab.told.at(-1)).toEqual({
    ...{ type: 'preview-troubles', troubles: [{ line: 3, message: 'broken' }], more: 2 },
  });
  await types('one', 150);
  await types('gone', 150);
  await types('three', 150);
  expect(tab.brief).toEqual(['one', [3], [], [1], 'three']);
});

it('follows a plan that is written outside of the editor', async () => {
  const tab = open();
  expect(editor.watched).toMatchObject([{ pattern: 'file:///w/a.plan.yaml/.. a.plan.yaml' }]);
  await tab.says({ type: 'ready' });
  editor.text = 'two';
  editor.on.get('disk')?.({});
  await vi.advanceTimersByTimeAsync(150);
  expect(tab.brief).toEqual(['one', 'two']);
});

it('estimates anew when a run is over', async () => {
  const { tab, preview } = opened();
  await tab.says({ type: 'ready' });
  editor.estimates = 'from one run';
  preview.runsChanged();
  await vi.advanceTimersByTimeAsync(150);
  expect(editor.forgot).toBe(1);
  expect(tab.told.at(-1)).toMatchObject({ type: 'preview-plan', estimates: 'from one run' });
});

it('drops what was read of a text that has changed meanwhile', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  let release = (): void => undefined;
  editor.hold = new Promise((resolve) => (release = resolve));
  await types('two', 150);
  await types('three', 0);
  release();
  await vi.advanceTimersByTimeAsync(0);
  expect(tab.brief).toEqual(['one']);
  await vi.advanceTimersByTimeAsync(150);
  expect(tab.brief).toEqual(['one', 'three']);
});

it('looks at nothing while it is hidden, and tells a page that is shown again everything', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  await tab.shows(false);
  await types('two', 1_000);
  expect(editor.read).toEqual(['one']);
  await tab.shows(true);
  await tab.says({ type: 'ready' });
  expect(tab.brief).toEqual(['one', 'two']);
  await tab.shows(false);
  await tab.shows(true);
  await vi.advanceTimersByTimeAsync(250);
  expect(tab.brief).toEqual(['one', 'two', 'two']);
});

it('points at what the cursor stands in', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  editor.text = 'modules:\n  lexer:\n    owns: a\n  parser:\n';
  const cursor = (active: number): void =>
    editor.on.get('selection')?.({ textEditor: { document, selection: { active } } });
  cursor(12);
  cursor(35);
  await vi.advanceTimersByTimeAsync(60);
  expect(tab.brief).toEqual(['one', 'module:parser']);
});

it('shows where something is written, beside itself, and leaves the focus where it is', async () => {
  const tab = open();
  await tab.says({ type: 'ready' });
  editor.text = 'modules:\n  lexer:\n    owns: a\n';
  await tab.says({ type: 'preview-reveal', ref: 'module:lexer' });
  expect(editor.shown[0]).toMatchObject({
    options: { viewColumn: 1, preserveFocus: true },
    selection: { start: 11, end: 16 },
  });
  await tab.says({ type: 'preview-reveal-line', line: 9_999 });
  expect(editor.shown[1]).toMatchObject({ selection: { start: 39, end: 39 } });
  await tab.says({ type: 'preview-reveal', ref: 'module:gone' });
  expect(editor.shown).toHaveLength(2);
});

it('does nothing that is no message of a preview, and nothing at all once it is closed', async () => {
  const tab = open();
  await tab.says({ type: 'act', action: { do: 'cancel' } });
  expect(warnings).toHaveLength(1);
  await tab.says({ type: 'ready' });
  await types('two', 10);
  tab.on.get('dispose')?.({});
  await vi.advanceTimersByTimeAsync(1_000);
  expect(tab.brief).toEqual(['one']);
  expect([...editor.on.keys()]).toEqual([]);
});
