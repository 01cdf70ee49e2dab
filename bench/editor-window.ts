import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Frame, type Page } from 'playwright-core';
import { provideBrowser } from '../scripts/editor/browser.mjs';
import { provideEditor } from '../scripts/editor/install.mjs';
import { address, installExtension, layOutState, startEditor } from '../scripts/editor/serve.mjs';
import { layOut } from './example.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** When each module's card first said what, in the order in which it said it. */
export type Seen = readonly { readonly label: string; readonly at: number }[];

export interface Watched {
  readonly activationMs: number;
  readonly seen: Seen;
  /** The example, with the run that was watched. */
  readonly folder: string;
}

const runMs = 300_000;

/**
 * Runs the example in a served editor, with the extension as it is packaged, and watches its board
 * until the run waits for a person. What `use` reads of the folder is gone afterwards.
 */
export async function watchExample<T>(
  speed: number,
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
  layOutState(state, { 'ashlar.scriptedAgentSpeed': speed });
  await installExtension(editor, state, vsix, env);
  const server = await startEditor(editor, state, { trust: false, env });
  const browser = await chromium.launch({
    executablePath: program.executable,
    env: { ...process.env, ...program.env },
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(runMs);
    await page.goto(address(server.origin, folder));
    await page
      .getByRole('tab', { name: /^Ashlar/ })
      .first()
      .waitFor();
    const activationMs = await activation(page);
    await command(page, 'Ashlar: Run the Example');
    const board = await boardOf(page);
    await board.evaluate(watch);
    const status = board.getByRole('banner').getByRole('status');
    await status.filter({ hasText: 'Waits for you' }).waitFor();
    const seen = await board.evaluate<Seen>('benchSeen');
    return await use({ activationMs, seen, folder });
  } finally {
    await browser.close();
    await server.stop();
  }
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
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Ashlar' });
  const time = await row.locator('.activation-time').textContent();
  await page.keyboard.press('Escape');
  return Number(/(\d+)\s*ms/.exec(time ?? '')?.[1] ?? Number.NaN);
}

async function command(page: Page, title: string): Promise<void> {
  const option = page.getByRole('option', { name: title }).first();
  for (let tries = 0; tries < 20; tries++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${title}`);
    const found = await option.waitFor({ timeout: 3_000 }).then(
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

/** Notes in the page what cards say, in the frame in which it is painted. */
const watch = `
window.benchSeen = [];
const said = new Map();
const look = () => {
  const at = Date.now();
  for (const shown of document.querySelectorAll('[data-node]')) {
    const label = (shown.getAttribute('aria-label') ?? '').split(', ').slice(0, 2).join(', ');
    if (said.get(shown.dataset.node) === label) continue;
    said.set(shown.dataset.node, label);
    window.benchSeen.push({ label, at });
  }
};
look();
window.benchSeen.length = 0;
new MutationObserver(() => requestAnimationFrame(() => setTimeout(look, 0))).observe(
  document.body,
  { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] },
);
`;
