import { beforeEach, expect, test, vi } from 'vitest';
import type { ExtensionContext, WebviewPanelSerializer } from 'vscode';
import type { HostMessage } from '../../../src/protocol/board.ts';
import { registerBoards, type BoardsParts } from '../../../src/extension/board/boards.ts';
import { boardViewType } from '../../../src/extension/contributions.ts';
import type { LiveRun, Runs } from '../../../src/extension/runs/runs.ts';

interface Page {
  readonly posted: HostMessage[];
  readonly say: (message: unknown) => void;
  revealed: number;
  close: () => void;
  readonly panel: object;
}

/** As much of the editor as boards need; tabs that were opened, and who brings back those of before a reload. */
const editor = vi.hoisted(() => ({
  opened: [] as unknown[],
  serializers: new Map<string, unknown>(),
}));

vi.mock('vscode', () => {
  const nothing = () => ({ dispose: () => undefined });
  return {
    l10n: { t: (text: string) => text },
    env: { language: 'en' },
    Uri: { joinPath: (_: unknown, ...parts: string[]) => parts.join('/') },
    ViewColumn: { Active: -1 },
    RelativePattern: Object,
    window: {
      createWebviewPanel: () => {
        const page = newPage();
        editor.opened.push(page);
        return page.panel;
      },
      registerWebviewPanelSerializer: (type: string, serializer: unknown) => {
        editor.serializers.set(type, serializer);
        return nothing();
      },
      registerWebviewViewProvider: nothing,
    },
    workspace: {
      workspaceFolders: [],
      createFileSystemWatcher: () => ({
        ...{ onDidCreate: nothing, onDidDelete: nothing, dispose: () => undefined },
      }),
      findFiles: async () => [],
      onDidChangeWorkspaceFolders: nothing,
      onDidGrantWorkspaceTrust: nothing,
    },
  };
});

/** An editor tab, and what its page is told. */
function newPage(): Page {
  const posted: HostMessage[] = [];
  const hears: ((message: unknown) => void)[] = [];
  const closes: (() => void)[] = [];
  const webview = {
    ...{ options: {}, html: '', cspSource: 'here', asWebviewUri: (uri: unknown) => uri },
    postMessage: async (message: HostMessage) => posted.push(message) > 0,
    onDidReceiveMessage: (hear: (message: unknown) => void) => {
      hears.push(hear);
      return { dispose: () => undefined };
    },
  };
  const page: Page = {
    ...{ posted, revealed: 0, say: (message) => hears.forEach((hear) => hear(message)) },
    close: () => closes.forEach((close) => close()),
    panel: {
      ...{ webview, title: 'Run 1', visible: true, active: true, iconPath: undefined },
      onDidChangeViewState: () => ({ dispose: () => undefined }),
      onDidDispose: (close: () => void) => closes.push(close),
      reveal: () => (page.revealed += 1),
      dispose: () => page.close(),
    },
  };
  return page;
}

const key = { folder: 'file:///w', run: '20260101-0000-aaaa' } as LiveRun['key'];
const state = { key };

/** A window whose run cannot be read until somebody has mended it. */
function rig() {
  const none = () => ({ dispose: () => undefined });
  const live: unknown = {
    ...{ key, events: [], driver: 'nobody', onDidAppend: none, onDidChange: none },
  };
  const world = { mended: false };
  const runs: unknown = {
    ...{ ready: Promise.resolve(), current: null, list: [], onDidChange: none },
    starting: null,
    interrupted: [],
    follow: async () => {
      if (!world.mended) throw new Error('the folder may not be read');
      return live;
    },
  };
  const parts: unknown = {
    ...{ drafts: { list: () => [], get: () => null, onDidChange: none }, files: {} },
    log: { warn: () => undefined },
  };
  const context: unknown = { subscriptions: [], extensionUri: 'here' };
  const boards = registerBoards(context as ExtensionContext, runs as Runs, parts as BoardsParts);
  const serializer = editor.serializers.get(boardViewType) as WebviewPanelSerializer;
  const restore = async (page: Page) =>
    serializer.deserializeWebviewPanel(page.panel as never, state);
  return { boards, restore, world };
}

beforeEach(() => {
  editor.opened = [];
});

test('a board that could not be brought back shows its run once that can be opened', async () => {
  const { boards, restore, world } = rig();
  const page = newPage();
  await restore(page);
  page.say({ type: 'ready' });
  await vi.waitUntil(() => page.posted.some(({ type }) => type === 'refused'));
  expect(page.posted).toContainEqual({ type: 'refused', message: 'the folder may not be read' });
  expect(page.posted).toContainEqual({ type: 'no-run' });

  world.mended = true;
  await boards.open(key);
  expect(editor.opened).toEqual([]);
  expect(page.revealed).toBe(1);
  expect(page.posted.at(-1)).toMatchObject({ type: 'run', key });
});

test('a board that could not be brought back and was closed is opened anew', async () => {
  const { boards, restore, world } = rig();
  const page = newPage();
  await restore(page);
  page.close();

  world.mended = true;
  await boards.open(key);
  expect(editor.opened).toHaveLength(1);
  expect(page.revealed).toBe(0);
});
