import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Frame, type Page } from 'playwright-core';
import { provideBrowser } from '../scripts/editor/browser.mjs';
import { provideEditor } from '../scripts/editor/install.mjs';
import { address, installExtension, layOutState, startEditor } from '../scripts/editor/serve.mjs';
import { layOut } from './example.ts';
import { watchCards, type Seen } from './latency.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Watched {
  readonly activationMs: number;
  readonly seen: Seen;
  /** The example, with the run that was watched. */
  readonly folder: string;
}

const runMs = 300_000;
const uiMs = 60_000;
/** More than the board is behind. */
const settleMs = 2_000;

/** How the example is run in the editor. */
interface Way {
  /** How many times as fast as they are written its agents play. */
  readonly speed: number;
  /** Whether its board is opened, and watched. */
  readonly board: boolean;
}

/**
 * Runs the example in a served editor, with the extension as it is packaged, until the run waits for
 * a person. What `use` reads of the folder is gone afterwards.
 */
export async function watchExample<T>(
  { speed, board }: Way,
  use: (watched: Watched) => T,
): Promise<Awaited<T>> {
  const editor = await provideEditor();
  const program = await provideBrowser();
  const vsix = await packaged();
  await using place = await temporaryFolder();
  const state = join(place.path, 'state');
  const folder = join(place.path, 'tiny-lang');
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: join(place.path, 'home') };
  await mkdir(env.HOME);
  await layOut(folder);
  layOutState(state, { 'ashlar.scriptedAgentSpeed': speed, 'ashlar.openBoardOnStart': board });
  await installExtension(editor, state, vsix, env);
  const server = await startEditor(editor, state, { trust: false, env });
  const browser = await chromium.launch({
    executablePath: program.executable,
    env: { ...process.env, ...program.env },
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(uiMs);
    await page.goto(address(server.origin, folder));
    await page
      .getByRole('tab', { name: /^Ashlar/ })
      .first()
      .waitFor();
    const activationMs = await activation(page);
    await command(page, 'Ashlar: Run the Example');
    const shown = board ? await boardOf(page) : null;
    await shown?.evaluate(watchCards);
    await asksSomebody(folder);
    await setTimeout(settleMs);
    const seen = (await shown?.evaluate<Seen>('benchSeen')) ?? [];
    return await use({ activationMs, seen, folder });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Until the run's journal says that a person is asked. */
async function asksSomebody(folder: string): Promise<void> {
  const runs = join(folder, '.ce-workspace', 'runs');
  const end = Date.now() + runMs;
  while (Date.now() < end) {
    await setTimeout(500);
    const [run] = await readdir(runs).catch(() => []);
    if (run === undefined) continue;
    const journal = await readFile(join(runs, run, 'journal.jsonl'), 'utf8').catch(() => '');
    if (journal.includes('"approval-requested"')) return;
  }
  throw new Error('the example did not come to where it asks a person');
}

async function packaged(): Promise<string> {
  const { status } = spawnSync(process.execPath, ['scripts/package.mjs'], { stdio: 'ignore' });
  if (status !== 0) throw new Error('the extension could not be packaged');
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  return join('build', `ashlar-${version}.vsix`);
}

/** Of the extension, as the editor itself measures it. */
async function activation(page: Page): Promise<number> {
  await command(page, 'Developer: Show Running Extensions');
  // Rows that are out of sight are not there.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1400, height: 6_000 });
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Ashlar' });
  const time = await row.locator('.activation-time').textContent();
  if (size !== null) await page.setViewportSize(size);
  await page.keyboard.press('Escape');
  return Number(/(\d+)\s*ms/.exec(time ?? '')?.[1] ?? Number.NaN);
}

async function command(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  const option = page.getByRole('option', { name: title }).first();
  for (let tries = 0; tries < 20; tries++) {
    await page.keyboard.press('F1');
    // Not every key arrives while the editor is still being built.
    const found = await input
      .fill(`>${title}`, { timeout: 3_000 })
      .then(() => option.waitFor({ timeout: 3_000 }))
      .then(
        () => true,
        () => false,
      );
    if (found) {
      await option.click();
      return;
    }
    await page.keyboard.press('Escape');
  }
  throw new Error(`the palette does not offer ${title}`);
}

/** The document of the board, two frames below the page. */
async function boardOf(page: Page): Promise<Frame> {
  const outer = page.locator(
    'iframe.webview.ready[src*="extensionId=ashlar.ashlar"]:not([src*="purpose=webviewView"])',
  );
  const inner = outer.last().contentFrame().locator('#active-frame');
  const frame = await (await inner.elementHandle()).contentFrame();
  if (frame === null) throw new Error('there is no board');
  await frame.locator('[data-node]').first().waitFor();
  return frame;
}
