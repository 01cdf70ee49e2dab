import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { provideBrowser } from '../../../scripts/editor/browser.mjs';
import type { Language } from '../../../src/core/language.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { Desk, HostMessage, RunKey, Show } from '../../../src/protocol/board.ts';
import type { PreviewHostMessage } from '../../../src/protocol/preview.ts';
import { webviewHtml, type PageParts } from '../../../src/extension/board/webview-html.ts';

const root = join(import.meta.dirname, '../../..');
const site = 'http://board.test';
type Surface = PageParts['surface'];
export type Theme = 'dark' | 'light' | 'hc';
const english: Language = { tag: 'en', messages: {}, decimalMark: '.' };

/** The built board in a browser, its editor played by a test: one page for many runs and views. */
export class BoardPage {
  readonly page: Page;
  /** What went wrong in the page and reached nobody. */
  readonly faults: string[] = [];
  readonly #browser: Browser;
  #n = 0;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  /** Or why there is no browser here. */
  static async open(surface: Surface, language: Language = english): Promise<BoardPage | string> {
    let program;
    try {
      program = await provideBrowser();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const files = await bundled();
    const browser = await chromium.launch({
      executablePath: program.executable,
      env: { ...process.env, ...program.env },
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const page = await browser.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.route(`${site}/**`, async (route) => {
      const { pathname: path, search } = new URL(route.request().url());
      const asked = search === '' ? surface : (search.slice(1) as Surface);
      const body = path === '/' ? pageOf(asked, language) : files.get(path);
      const contentType = types[path === '/' ? '.html' : extname(path)] ?? 'text/plain';
      await route.fulfill(body === undefined ? { status: 404 } : { body, contentType });
    });
    await page.addInitScript(`
      globalThis.posted = [];
      globalThis.acquireVsCodeApi = () => ({
        postMessage: (message) => posted.push(message),
        getState: () => null,
        setState: () => undefined,
      });`);
    const opened = new BoardPage(browser, page);
    page.on('pageerror', (error) => opened.faults.push(error.stack ?? error.message));
    await opened.reload();
    return opened;
  }

  /** Begins anew, as another of the extension's pages where one is named. */
  async reload(surface?: Surface): Promise<void> {
    await this.page.goto(surface === undefined ? `${site}/` : `${site}/?${surface}`);
    await this.page.addStyleTag({
      content: readFileSync(join(root, 'src/webview/export/themes.css'), 'utf8'),
    });
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const { posted } = globalThis as unknown as { posted: readonly { type: string }[] };
          const look = (): void => {
            if (posted.some(({ type }) => type === 'ready')) resolve();
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    await this.theme('dark');
  }

  async tell(...messages: readonly (HostMessage | PreviewHostMessage)[]): Promise<void> {
    await this.page.evaluate((told) => {
      for (const each of told) window.postMessage(each, '*');
    }, messages);
  }

  /** A run, as the editor tells it. */
  async run(events: readonly RunEvent[]): Promise<void> {
    const [first] = events;
    const key = keyOf(events);
    const at = events.at(-1)?.at ?? 0;
    await this.tell(
      {
        type: 'desk',
        desk: deskOf(key, first?.type === 'run-started' ? first.plan.artifact.name : '', at),
      },
      { type: 'run', key, driver: 'here', n: ++this.#n, events },
    );
  }

  async show(show: Show): Promise<void> {
    await this.tell({ type: 'show', show });
  }

  /** The editor's marks and colours; no page is loaded anew for them. */
  async theme(theme: Theme): Promise<void> {
    await this.page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
      document.body.className = {
        dark: 'vscode-dark',
        light: 'vscode-light',
        hc: 'vscode-dark vscode-high-contrast',
      }[name];
    }, theme);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** How something is drawn, as the browser has worked it out. */
export async function drawn(
  page: Page,
  selector: string,
  property: string,
  pseudo?: '::after' | '::before',
): Promise<string> {
  return await page
    .locator(selector)
    .first()
    .evaluate((element, of) => getComputedStyle(element, of.pseudo).getPropertyValue(of.property), {
      property,
      pseudo,
    });
}

const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' },
};

/** The page of the extension itself, with the policy that it has there. */
const pageOf = (surface: Surface, language: Language): string =>
  webviewHtml({
    ...{ surface, title: 'Ashlar', cspSource: site, nonce: 'dGVzdA==', language },
    ...{ script: `${site}/main.js`, style: `${site}/main.css` },
  });

let bundle: Promise<ReadonlyMap<string, Buffer>> | null = null;

/** Built once for all pages, in memory. */
const bundled = (): Promise<ReadonlyMap<string, Buffer>> =>
  (bundle ??= build({
    ...{ absWorkingDir: root, entryPoints: ['src/webview/main.tsx'], outdir: '/', write: false },
    ...{ bundle: true, format: 'esm', platform: 'browser', target: 'es2022', jsx: 'automatic' },
    ...{ loader: { '.ttf': 'file' }, assetNames: '[name]', logLevel: 'warning' },
    define: { 'process.env.NODE_ENV': '"production"' },
  }).then(
    ({ outputFiles }) =>
      new Map(outputFiles.map(({ path, contents }) => [path, Buffer.from(contents)])),
  ));

export const emptyDesk: Desk = {
  ...{ at: 1_772_366_400_000, trusted: true, runs: [], current: null, starting: null },
  folders: [{ uri: 'file:///workspace', name: 'workspace', plans: [] }],
};

/** What the editor calls this run. */
export function keyOf([first]: readonly RunEvent[]): RunKey {
  if (first?.type !== 'run-started') throw new Error('these events do not begin with a run');
  return { folder: 'file:///workspace', run: first.run };
}

/** The desk of a restricted workspace, which knows that this run's journal is damaged. */
export function damagedDesk(events: readonly RunEvent[]): Desk {
  const key = keyOf(events);
  const desk = deskOf(key, 'tiny-lang', events.at(-1)!.at);
  const runs = desk.runs.map((run) => ({ ...run, problem: 'line 12 does not follow line 11' }));
  return { ...desk, runs, trusted: false };
}

function deskOf(key: RunKey, artifact: string, at: number): Desk {
  const spent = { tokens: 120_000, microUsd: 1_240_000, turns: 40, ms: 900_000 };
  const run = {
    ...{ key, artifact, outcome: null, reason: '', paused: false, startedAt: at - 600_000 },
    ...{ elapsedMs: 600_000, sealed: 3, modules: 8, spent, money: 'known' as const },
    ...{ needs: 1, driver: 'here' as const, problem: null },
  };
  return { ...emptyDesk, at, runs: [run], current: key };
}
