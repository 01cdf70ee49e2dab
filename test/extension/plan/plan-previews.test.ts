import { beforeEach, expect, it, vi } from 'vitest';
import type { Uri, WebviewPanel } from 'vscode';
import {
  previewPlan,
  restorePreview,
  type PreviewsParts,
} from '../../../src/extension/plan/plan-previews.ts';

/** A tab of the editor, and the preview that was made in it. */
interface Tab {
  readonly column: unknown;
  shown: number;
  closed: boolean;
  close: () => void;
}

const editor = vi.hoisted(() => ({
  tabs: [] as Tab[],
  texts: [] as { uri: string; viewColumn: unknown }[],
  folders: ['file:///one', 'file:///two'],
  made: [] as { plan: string; folder: string; renewed: number }[],
}));

vi.mock('vscode', () => {
  class Uri {
    readonly scheme: string;
    readonly path: string;
    constructor(text: string) {
      const [, scheme = '', path = ''] = /^([a-z-]+):\/\/(.*)$/.exec(text) ?? [];
      if (scheme === '') throw new Error('no URI');
      this.scheme = scheme;
      this.path = path;
    }
    get fsPath() {
      return this.path;
    }
    static parse = (text: string) => new Uri(text);
    static joinPath = ({ scheme, path }: Uri, to: string) =>
      new Uri(`${scheme}://${to === '..' ? path.replace(/\/[^/]*$/, '') : `${path}/${to}`}`);
    toString = () => `${this.scheme}://${this.path}`;
  }
  return {
    Uri,
    ViewColumn: { Active: -1, Beside: -2 },
    window: {
      visibleTextEditors: [],
      showTextDocument: async ({ uri }: { uri: Uri }, { viewColumn }: { viewColumn: unknown }) => {
        editor.texts.push({ uri: uri.toString(), viewColumn });
        return Promise.resolve();
      },
      createWebviewPanel: (_: string, __: string, { viewColumn }: { viewColumn: unknown }) =>
        panel(viewColumn),
    },
    workspace: {
      // Nobody has said that it may be trusted: nothing of it is run.
      isTrusted: false,
      openTextDocument: async (uri: Uri) => Promise.resolve({ uri }),
      getWorkspaceFolder: (uri: Uri) => {
        const folder = editor.folders.find((each) => uri.toString().startsWith(`${each}/`));
        return folder === undefined ? undefined : { uri: new Uri(folder) };
      },
    },
  };
});

vi.mock('../../../src/extension/board/webview-page.ts', () => ({ webviewOptions: () => ({}) }));

/** What a preview draws has tests of its own; here it matters of which plan, and in which folder. */
vi.mock('../../../src/extension/plan/plan-preview.ts', () => ({
  PlanPreview: class {
    readonly panel: WebviewPanel;
    readonly #entry: (typeof editor.made)[number];
    constructor(panel: WebviewPanel, plan: Uri, folder: string) {
      this.panel = panel;
      this.#entry = { plan: plan.toString(), folder, renewed: 0 };
      editor.made.push(this.#entry);
    }
    runsChanged(): void {
      this.#entry.renewed += 1;
    }
  },
}));

function panel(column: unknown): unknown {
  const ends: (() => void)[] = [];
  const close = (): void => {
    tab.closed = true;
    for (const each of ends) each();
  };
  const tab: Tab = { column, shown: 0, closed: false, close };
  editor.tabs.push(tab);
  return {
    reveal: () => (tab.shown += 1),
    dispose: close,
    onDidDispose: (end: () => void) => ends.push(end),
  };
}

const { Uri: EditorUri } = await import('vscode');
const plan = (text: string): Uri => EditorUri.parse(text);

/** The runs of the window, and how many listen to them. */
function rig() {
  const listeners = new Set<() => void>();
  const runs = {
    list: [] as { outcome: string | null }[],
    onDidChange: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const parts: unknown = { extensionUri: plan('file:///extension'), runs };
  const change = (...outcomes: (string | null)[]): void => {
    runs.list = outcomes.map((outcome) => ({ outcome }));
    for (const each of listeners) each();
  };
  return { parts: parts as PreviewsParts, change, listeners };
}

beforeEach(() => {
  for (const { closed, close } of [...editor.tabs]) if (!closed) close();
  editor.tabs.length = editor.texts.length = editor.made.length = 0;
});

it('in a workspace that is not trusted a plan is drawn beside its text, in the folder that holds it', async () => {
  const { parts } = rig();
  await previewPlan(plan('file:///two/deep/a.plan.yaml'), parts);
  expect(editor.made).toMatchObject([{ plan: 'file:///two/deep/a.plan.yaml', folder: '/two' }]);
  expect(editor.texts).toEqual([{ uri: 'file:///two/deep/a.plan.yaml', viewColumn: -1 }]);
  expect(editor.tabs[0]?.column).toBe(-2);
});

it('plans of the same name in two folders have a preview each, and each plan just one', async () => {
  const { parts } = rig();
  for (const folder of ['one', 'two', 'one']) {
    await previewPlan(plan(`file:///${folder}/a.plan.yaml`), parts);
  }
  expect(editor.made.map(({ folder }) => folder)).toEqual(['/one', '/two']);
  expect(editor.tabs.map(({ shown }) => shown)).toEqual([1, 0]);
  editor.tabs[0]?.close();
  await previewPlan(plan('file:///one/a.plan.yaml'), parts);
  expect(editor.made).toHaveLength(3);
});

it('a plan in no folder of the window is drawn in its own', async () => {
  const { parts } = rig();
  await previewPlan(plan('file:///elsewhere/b.plan.yaml'), parts);
  expect(editor.made).toMatchObject([{ folder: '/elsewhere' }]);
});

it('only a run that is over changes what is expected, and a closed tab hears of none', async () => {
  const { parts, change, listeners } = rig();
  await previewPlan(plan('file:///one/a.plan.yaml'), parts);
  change(null);
  expect(editor.made[0]?.renewed).toBe(0);
  change('complete');
  change('complete');
  expect(editor.made[0]?.renewed).toBe(1);
  editor.tabs[0]?.close();
  expect(listeners.size).toBe(0);
});

it('after a reload a tab shows its plan again; one whose folder is not open, or that kept something else, is closed', () => {
  const { parts } = rig();
  const restored = (state: unknown): boolean => {
    restorePreview(panel(1) as WebviewPanel, state, parts);
    return editor.tabs.at(-1)?.closed === false;
  };
  expect(restored({ plan: 'file:///two/a.plan.yaml' })).toBe(true);
  expect(editor.made).toMatchObject([{ folder: '/two' }]);
  const others = [
    ...['file:///two/a.plan.yaml', 'file:///gone/a.plan.yaml', 'file:///two/a.txt'],
    ...['https://two/a.plan.yaml', 'no address', 7, null],
  ];
  for (const other of others) expect(restored({ plan: other })).toBe(false);
  expect(restored(null)).toBe(false);
  expect(editor.made).toHaveLength(1);
});
