import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { address, type ServedEditor } from '../../../scripts/editor/serve.mjs';
import { themes, type Theme } from './theme.ts';
import { keepTrace } from './trace.ts';
import { tabsAreWrittenDown } from './written-down.ts';

export interface WindowOptions {
  /** For the address: what the page's own start reads. */
  readonly payload?: readonly (readonly [string, string])[];
  /** Before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
}

interface Opening extends WindowOptions {
  readonly folder: string;
  readonly server: ServedEditor;
  readonly state: string;
}

const root = join(import.meta.dirname, '../../..');

const PATIENCE_MS = 30_000;
/** A palette that was opened before the extension's commands were known does not learn of them. */
const ASK_AGAIN_MS = 3_000;

/** Opens a folder in a page; it is closed when the test ends. */
export async function openWindow(context: BrowserContext, opening: Opening): Promise<EditorWindow> {
  context.setDefaultTimeout(PATIENCE_MS);
  const window = new EditorWindow(context, await context.newPage(), opening);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepTrace(task.name, window, opening);
    await context.close();
  });
  await opening.prepare?.(window.page);
  await window.load();
  return window;
}

/** One window of the editor: a page, and what people do in it. */
export class EditorWindow {
  readonly page: Page;
  readonly folder: string;
  /** What the page's console said that is worth a look when a test fails. */
  readonly said: string[] = [];
  readonly #context: BrowserContext;
  #theme: Theme = 'dark';
  readonly #opening: Opening;

  constructor(context: BrowserContext, page: Page, opening: Opening) {
    this.page = page;
    this.folder = opening.folder;
    this.#context = context;
    this.#opening = opening;
    page.on('pageerror', (error) => this.said.push(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.said.push(`${message.type()}: ${message.text()}`);
    });
    // A window with a run in it asks before it is left.
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  }

  async load(): Promise<void> {
    const { server, folder, payload } = this.#opening;
    const url = new URL(address(server.origin, folder));
    if (payload !== undefined) url.searchParams.set('payload', JSON.stringify(payload));
    await this.page.goto(url.href);
    await this.#ready();
  }

  /**
   * As a person does with the reload of the browser; but the editor writes down which tabs are open only
   * every few seconds, and who reloads before that gets back those of before. `also`: what a page keeps for
   * itself in its tab, which is written down later than the tab.
   */
  async reload(...also: readonly string[]): Promise<void> {
    const names = await this.page.locator('.tabs-container .tab .label-name').allTextContents();
    const isKept = `(${tabsAreWrittenDown})(${JSON.stringify([...names, ...also])})`;
    await expect
      .poll(() => this.page.evaluate<boolean>(isKept), { timeout: PATIENCE_MS, interval: 250 })
      .toBe(true);
    await this.page.reload();
    await this.#ready();
  }

  /** The same folder once more, as in a second window of the same person. */
  async secondWindow(): Promise<EditorWindow> {
    const window = new EditorWindow(this.#context, await this.#context.newPage(), this.#opening);
    await window.load();
    return window;
  }

  /** By the command palette; `title` as it stands there, with its category. */
  async command(title: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const option = await this.paletteOption(title);
      // A webview that takes the focus between the two closes the palette: nothing was chosen then.
      const chosen = await option.click({ timeout: ASK_AGAIN_MS }).then(
        () => true,
        () => false,
      );
      if (chosen) return;
      if (performance.now() > deadline) throw new Error(`the palette closes before ${title}`);
    }
  }

  /** What the palette offers under this title, as soon as it offers it; the palette is open then. */
  async paletteOption(title: string): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget input').first();
    const option = this.page.getByRole('option', { name: title }).first();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      // A webview that takes the focus at this moment closes the palette again.
      const found = await this.page.keyboard
        .press('F1')
        .then(() => input.fill(`>${title}`, { timeout: ASK_AGAIN_MS }))
        .then(() => option.waitFor({ timeout: ASK_AGAIN_MS }))
        .then(
          () => true,
          () => false,
        );
      if (found) return option;
      if (performance.now() > deadline) throw new Error(`the palette does not offer ${title}`);
      await this.page.keyboard.press('Escape');
    }
  }

  /** All that the palette offers to this. */
  async palette(text: string): Promise<string> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').first().fill(`>${text}`);
    const list = this.page.locator('.quick-input-list .monaco-list-row');
    await list.first().waitFor();
    const all = (await list.allTextContents()).join('\n');
    await this.page.keyboard.press('Escape');
    return all;
  }

  /** What asks for a text or a choice at the top of the window. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget').first();
  }

  /** Opens the extension's side bar where another one, or none, is open. */
  async openSideBar(): Promise<FrameLocator> {
    const tab = this.page.getByRole('tab', { name: /^Ashlar/ }).first();
    await tab.waitFor();
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
    return this.sideBar();
  }

  /** The document of the extension's view in the side bar. */
  sideBar(): FrameLocator {
    return this.#webview(
      'iframe.webview.ready[src*="extensionId=ashlar.ashlar"][src*="purpose=webviewView"]',
    );
  }

  /** The document of the board in its editor tab. */
  board(): FrameLocator {
    return this.#webview(
      'iframe.webview.ready[src*="extensionId=ashlar.ashlar"]:not([src*="purpose=webviewView"])',
    );
  }

  /** Writes at the end of the text editor whose tab has this name, and saves it. */
  async appendToEditor(tab: string | RegExp, text: string): Promise<void> {
    const named = this.page.locator('.editor-group-container').filter({
      has: this.page.getByRole('tab', { name: tab, selected: true }),
    });
    await named.locator('.monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Control+S');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text }).first();
  }

  /** As a person changes it; it holds for all windows of this editor. */
  async useTheme(theme: Theme): Promise<void> {
    const { label, mark } = themes[theme];
    this.#theme = theme;
    const workbench = this.page.locator(`.monaco-workbench.${mark}`);
    if (await workbench.isVisible()) return;
    await this.command('Preferences: Color Theme');
    await this.quickInput.locator('input').first().fill(label);
    await this.quickInput.getByRole('option', { name: label }).first().click();
    await workbench.waitFor();
  }

  /** Takes away what would lie over a picture: earlier notifications, and what the pointer brought up. */
  async tidy(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await this.page.locator('.notification-list-item').waitFor({ state: 'detached' });
    await this.page.mouse.move(250, 10);
    await this.page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
  }

  /** Into `build/screenshots/<theme>`, for people to look at; `npm run docs:screenshots` takes the guide's from there. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'build/screenshots', this.#theme);
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /**
   * As it is now, in the dark look and in the light one, for an editor with the settings `followsSystem`:
   * nothing has to be clicked, so that what asks at the top stays open. It is dark again then.
   */
  async looks(name: string): Promise<void> {
    for (const theme of ['dark', 'light'] as const) {
      await this.#look(theme);
      await this.screenshot(name);
    }
    await this.#look('dark');
  }

  async #look(theme: 'dark' | 'light'): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page.locator(`.monaco-workbench.${themes[theme].mark}`).waitFor();
    for (const frame of this.page.frames()) {
      await frame.waitForFunction(
        `[undefined, 'vscode-${theme}'].includes(document.body.dataset.vscodeThemeKind)`,
      );
    }
    this.#theme = theme;
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  #webview(selector: string): FrameLocator {
    const outer = this.page.locator(selector).last().contentFrame();
    return outer.locator('#active-frame').contentFrame();
  }
}
