import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';
import {
  installExtension,
  layOutState,
  startEditor,
  type ServedEditor,
} from '../../../scripts/editor/serve.mjs';
import { copyExample } from '../../../scripts/example.mjs';
import { AsyncDisposableStack } from '../../../src/engine/disposable-stack.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { themes } from './theme.ts';
import { openWindow, type EditorWindow, type WindowOptions } from './window.ts';

const root = join(import.meta.dirname, '../../..');

type Settings = Readonly<Record<string, unknown>>;

export interface EditorOptions {
  readonly settings?: Settings;
  /** What only the machine can say: in the editor's own settings it has no effect. */
  readonly machine?: Settings;
  /** Packaged extensions that are installed beside ours. */
  readonly extensions?: readonly string[];
  /** Whether folders have to be trusted first; if not, they all are. */
  readonly trust?: boolean;
  /** Lets a page run a test suite in the extension host, and keeps notifications away. */
  readonly testDriver?: boolean;
}

const BROWSER = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Why nothing can be tested in a real editor here; '' where it can. */
export function unprovided(): string {
  const provision = inject('provision');
  return typeof provision === 'string' ? provision : '';
}

/**
 * A served editor with the packaged extension installed, and a browser. Its home, settings,
 * extensions and folders are its own, and gone when it is.
 */
export class Editor implements AsyncDisposable {
  /** Settings, extensions and logs of the server. */
  readonly state: string;
  readonly #parts: Parts;
  #folders = 0;

  private constructor(parts: Parts) {
    this.state = parts.state;
    this.#parts = parts;
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const closing = new AsyncDisposableStack();
    try {
      return new Editor(await startParts(options, closing));
    } catch (error) {
      await closing[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A copy of the example in a folder of its own, with a history. */
  example(): string {
    const folder = this.#newFolder('tiny-lang');
    copyExample(folder);
    return folder;
  }

  /** A copy of the example that begins with a goal: no plan, and no history. */
  async beginning(): Promise<string> {
    const folder = this.#newFolder('expenses');
    await cp(join(root, 'examples/from-a-goal'), folder, { recursive: true });
    return folder;
  }

  /** A folder with nothing in it. */
  async emptyFolder(): Promise<string> {
    const folder = this.#newFolder('my-project');
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** How the page names a file of this machine. */
  remote(path: string): string {
    return `vscode-remote://${new URL(this.#parts.server.origin).host}${path}`;
  }

  /** Closed when the test ends; where it fails, with a trace in `build/traces`. */
  async open(folder: string, options: WindowOptions = {}): Promise<EditorWindow> {
    const { browser, server } = this.#parts;
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      colorScheme: 'dark',
    });
    return openWindow(context, {
      ...options,
      folder,
      server,
      state: this.state,
    });
  }

  /** Ends the server and all that it runs at once, as a machine that loses its power does. */
  async kill(): Promise<void> {
    await this.#parts.server.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.closing[Symbol.asyncDispose]();
  }

  #newFolder(name: string): string {
    this.#folders += 1;
    return join(this.#parts.place, 'folders', String(this.#folders), name);
  }
}

interface Parts {
  readonly place: string;
  readonly state: string;
  readonly server: ServedEditor;
  readonly browser: Browser;
  readonly closing: AsyncDisposable;
}

async function startParts(options: EditorOptions, closing: AsyncDisposableStack): Promise<Parts> {
  const provision = inject('provision');
  if (typeof provision === 'string') throw new Error(provision);
  const place = closing.use(await tempFolder()).path;
  const state = join(place, 'state');
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: join(place, 'home') };
  await mkdir(env.HOME);
  const { settings = {}, machine = {}, extensions = [] } = options;
  const { trust = false, testDriver = false } = options;
  layOutState(state, { 'workbench.colorTheme': themes.dark.id, ...settings });
  await mkdir(join(state, 'user/Machine'), { recursive: true });
  await writeFile(join(state, 'user/Machine/settings.json'), JSON.stringify(machine));
  for (const vsix of [provision.vsix, ...extensions]) {
    await installExtension(provision.editor, state, vsix, env);
  }
  const server = await startEditor(provision.editor, state, { trust, testDriver, env });
  closing.use({ [Symbol.asyncDispose]: server.stop });
  const browser = closing.use(
    await chromium.launch({
      executablePath: provision.browser.executable,
      env: { ...process.env, ...provision.browser.env },
      args: BROWSER,
    }),
  );
  return { place, state, server, browser, closing };
}
