import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provideBrowser } from '../../../scripts/editor/browser.mjs';
import type { RunEvent } from '../../../src/core/events.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { exportRun } from '../../../src/engine/export/export-run.ts';
import { layRun } from '../../support/laid-run.ts';
import { tempFolder, type TempFolder } from '../../support/temp-folder.ts';

const root = join(import.meta.dirname, '../../..');
const events = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

let folder: TempFolder;
let browser: Browser | null = null;
let missing = '';
let page: Page;
let file = '';
/** Everything that the page has asked for, and everything that went wrong in it. */
const asked: string[] = [];
const faults: string[] = [];

beforeAll(async () => {
  folder = await tempFolder();
  await layRun(folder.path, events);
  const exported = await exportRun(
    folder.path,
    {
      ...{ run: null, file: null, folder: folder.path, force: false, evidence: false },
      ...{ keys: () => [], version: '1.2.3', now: Date.UTC(2026, 10, 22) },
    },
    parts,
  );
  if (!exported.ok) throw new Error(exported.message);
  file = pathToFileURL(exported.file).href;
  try {
    const program = await provideBrowser();
    browser = await chromium.launch({
      executablePath: program.executable,
      env: { ...process.env, ...program.env },
      args: ['--no-sandbox', '--disable-gpu'],
    });
  } catch (error) {
    missing = error instanceof Error ? error.message : String(error);
    return;
  }
  page = await browser.newPage({
    ...{ offline: true, colorScheme: 'light', reducedMotion: 'reduce' },
    viewport: { width: 1440, height: 900 },
  });
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  await page.goto(file);
  await page.locator('[data-node]').first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await folder[Symbol.asyncDispose]();
});

/** What `scripts/build.mjs` makes, built in memory. */
async function parts() {
  const { outputFiles } = await build({
    ...{
      absWorkingDir: root,
      entryPoints: ['src/webview/export/main.tsx'],
      outdir: '/',
      write: false,
    },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022' },
    ...{ jsx: 'automatic', loader: { '.ttf': 'dataurl' }, logLevel: 'warning' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const textOf = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

const sealed = (): Promise<string> => page.locator('.header').innerText();

it('draws the board from a file, offline, and asks for nothing else', async ({ skip }) => {
  skip(browser === null, missing);
  expect(await page.locator('.header').innerText()).toContain('8/8');
  expect(await page.locator('[data-node]').count()).toBeGreaterThanOrEqual(8);
  const line = await page.locator('.source-line').innerText();
  expect(line).toContain('Exported 2026-11-22');
  expect(line).toContain('The run was in progress');
  expect(line).toContain('What people, agents and checks wrote was left out.');
  for (const tab of ['streams', 'gates', 'table', 'account', 'graph']) {
    await page.click(`#tab-${tab}`);
    await page.locator('#board-view > :not([aria-busy])').first().waitFor();
    expect((await page.locator('#board-view').innerText()).length).toBeGreaterThan(100);
  }
  expect(faults).toEqual([]);
  expect(asked).toEqual([file]);
});

it('goes through the time of the run', async ({ skip }) => {
  skip(browser === null, missing);
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(sealed).toContain('0/8');
  await page.keyboard.press('End');
  await expect.poll(sealed).toContain('8/8');
  expect(await page.locator('.time-bar').innerText()).toContain('The last event');
});

it('can only be looked at', async ({ skip }) => {
  skip(browser === null, missing);
  await page.locator('[data-node]').first().click();
  const drawer = page.locator('.drawer');
  await expect.poll(() => drawer.innerText()).toContain('This is an export');
  expect(
    await drawer.getByRole('button', { name: /diff|Open the contract|transcript/i }).count(),
  ).toBe(0);
  expect(await page.locator('.run-controls').getByRole('button').count()).toBe(0);
  await page.keyboard.press('Escape');
});

it('is light or dark as the system is, until it is turned', async ({ skip }) => {
  skip(browser === null, missing);
  const theme = () => page.evaluate(() => document.body.className);
  expect(await theme()).toBe('vscode-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(theme).toBe('vscode-dark');
  await page.getByRole('button', { name: 'Switch to the light theme' }).click();
  expect(await theme()).toBe('vscode-light');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await theme()).toBe('vscode-light');
});

it('breaks no rule of WCAG 2.2 AA, light or dark', async ({ skip }) => {
  skip(browser === null, missing);
  await page.evaluate(axe.source);
  for (const theme of ['dark', 'light']) {
    const turn = page.getByRole('button', { name: `Switch to the ${theme} theme` });
    if ((await turn.count()) > 0) await turn.click();
    const found = await page.evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await inPage.run(document, { runOnly: { type: 'tag', values } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`);
    });
    expect(found).toEqual([]);
  }
  expect(asked).toEqual([file]);
});
