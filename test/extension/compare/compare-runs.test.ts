import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { restoreComparison } from '../../../src/extension/compare/compare-runs.ts';
import { runId } from '../../../src/core/ids.ts';

type Listener = (given: unknown) => void;

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: { bundle: undefined, t: (text: string) => text },
  Uri: { joinPath: (...parts: unknown[]) => parts.join('/') },
  ViewColumn: { Active: -1 },
}));

const keys = ['20260301-1200-ab3d', '20260301-1200-ab3e'].map((run) => ({
  ...{ folder: 'file:///work', run: runId(run) },
}));

/** A tab whose page writes down what it is told; a disposed one answers to nothing. */
class Tab {
  readonly told: unknown[] = [];
  readonly on = new Map<string, Listener[]>();
  visible = true;
  gone = false;
  readonly onDidChangeViewState = (listener: Listener) => this.#listen('state', listener);
  readonly onDidDispose = (listener: Listener) => this.#listen('dispose', listener);
  readonly #webview = {
    ...{ html: '', options: {}, cspSource: 'x' },
    asWebviewUri: (address: unknown) => address,
    postMessage: async (message: unknown) => this.told.push(message),
    onDidReceiveMessage: (listener: Listener) => this.#listen('message', listener),
  };

  get webview(): unknown {
    if (this.gone) throw new Error('Webview is disposed');
    return this.#webview;
  }

  set title(_: string) {
    if (this.gone) throw new Error('Webview is disposed');
  }

  get title(): string {
    return '';
  }

  #listen(name: string, listener: Listener) {
    this.on.set(name, [...(this.on.get(name) ?? []), listener]);
    const dispose = (): void => {
      this.on.set(name, this.on.get(name)?.filter((each) => each !== listener) ?? []);
    };
    return { dispose };
  }

  async fire(name: string, given: unknown = {}): Promise<void> {
    for (const listener of this.on.get(name) ?? []) listener(given);
    await vi.advanceTimersByTimeAsync(0);
  }

  async shows(visible: boolean): Promise<void> {
    this.visible = visible;
    await this.fire('state');
  }

  async close(): Promise<void> {
    this.gone = true;
    await this.fire('dispose');
  }
}

/** Two runs whose comparison is held until it is told to go on. */
async function compared(tab: Tab, hold: Promise<unknown> = Promise.resolve()) {
  const appended: Listener[] = [];
  const did: string[] = [];
  const run = (key: unknown): unknown => ({
    ...{ key, events: [] },
    engine: { comparedRuns: async () => hold.then(() => ({ is: 'compared' })) },
    onDidAppend: (listener: Listener) => {
      appended.push(listener);
      return { dispose: () => appended.splice(appended.indexOf(listener), 1) };
    },
  });
  const parts: unknown = {
    context: { extensionUri: '/x' },
    log: {
      warn: (says: string) => did.push(says),
      error: (error: Error) => did.push(error.message),
    },
    refused: (says: string) => did.push(says),
    runs: { ready: Promise.resolve(), follow: async (key: unknown) => run(key) },
  };
  const restored = restoreComparison(parts as ActionParts, tab as unknown as WebviewPanel, {
    keys,
  });
  return { appended, did, restored };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells a page that is built anew at once, and follows the runs while it is seen', async () => {
  const tab = new Tab();
  const { appended, restored } = await compared(tab);
  await restored;
  await tab.fire('message', { type: 'ready' });
  expect(tab.told).toHaveLength(1);
  for (const listener of appended) listener([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tab.told).toHaveLength(2);
  await tab.shows(false);
  for (const listener of appended) listener([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tab.told).toHaveLength(2);
});

it('wakes with a page that lived on while it was hidden, and says nothing of itself', async () => {
  const tab = new Tab();
  const { appended, restored } = await compared(tab);
  await restored;
  await tab.fire('message', { type: 'ready' });
  await tab.shows(false);
  await tab.shows(true);
  await vi.advanceTimersByTimeAsync(250);
  expect(tab.told).toHaveLength(2);
  for (const listener of appended) listener([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tab.told).toHaveLength(3);
  // One that was built anew says so, and is not told twice.
  await tab.shows(false);
  await tab.shows(true);
  await tab.fire('message', { type: 'ready' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(tab.told).toHaveLength(4);
});

it('is quiet once it is closed, also while it is still being restored or figured out', async () => {
  const early = new Tab();
  const first = await compared(early);
  await early.close();
  await first.restored;
  expect(first.did).toEqual([]);
  expect(first.appended).toEqual([]);

  const tab = new Tab();
  let go = (): void => undefined;
  const { did, appended, restored } = await compared(tab, new Promise<void>((done) => (go = done)));
  await restored;
  await tab.fire('message', { type: 'ready' });
  await tab.close();
  go();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(did).toEqual([]);
  expect(tab.told).toEqual([]);
  expect(appended).toEqual([]);
});
