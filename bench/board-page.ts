import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { provideBrowser } from '../scripts/editor/browser.mjs';
import type { RunEvent } from '../src/core/events.ts';
import type { Decisions } from './board-run.ts';
import { median } from './timing.ts';

/** What is told to the board: a run so far, and then decisions one after the other. */
export interface Told {
  readonly before: readonly RunEvent[];
  readonly changes: Decisions;
}

/** Batches of the extension host. */
const batchMs = 50;
export const changesPerSecond = 100;
/** Steps in which it is scrolled, to and fro. */
const movedSteps = 80;
/** Frames in which it is panned, and how many of them are measured together. */
const panned = { frames: 240, together: 10 };
/** More than the board takes to come to rest. */
const settleMs = 1_500;

export interface Painted {
  /** Of the main thread on a core, from the run's arrival until its modules are on the screen. */
  readonly firstMs: number;
  readonly firstWallMs: number;
  /** Of the time of the changes, 0 … 1. */
  readonly mainThread: number;
  readonly longestTaskMs: number;
  /**
   * While it is panned or scrolled and nothing changes, of the main thread: for a frame of a pan; for a
   * step of the wheel, with all frames that it leads to, of a scroll.
   */
  readonly frameMs: number;
  /** What the board says of each module when all changes were told, by node. */
  readonly labels: readonly string[];
  /** How often it had to ask for the whole run again. */
  readonly resyncs: number;
}

/**
 * Tells the built board, in a browser of its own, what the extension host would. The reason where
 * there is no browser.
 */
export async function paintBoard(told: Told, cards: boolean): Promise<Painted | string> {
  return openBoard(told, (page, cdp) => measure(page, cdp, told.changes.length, cards));
}

/** The built board in a browser of its own, which knows what `bench` may tell it. */
export function openBoard<T>(
  told: Told,
  use: (page: Page, cdp: CDPSession) => Promise<T>,
): Promise<T | string> {
  return openPage('board', told, async (page, cdp, address) => {
    await page.goto(address);
    return use(page, cdp);
  });
}

/** A built page in a browser of its own, which `use` goes to. The reason where there is no browser. */
export async function openPage<T>(
  surface: 'board' | 'preview',
  told: Told,
  use: (page: Page, cdp: CDPSession, address: string) => Promise<T>,
): Promise<T | string> {
  let browserProgram: Awaited<ReturnType<typeof provideBrowser>>;
  try {
    browserProgram = await provideBrowser();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { executable, env } = browserProgram;
  const server = await serve(surface, told);
  const browser = await chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const cdp = await page.context().newCDPSession(page);
    // On a core, not on the wall: others use this machine too.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await use(page, cdp, `http://127.0.0.1:${server.port}/`);
  } finally {
    await browser.close();
    server.close();
  }
}

async function measure(
  page: Page,
  cdp: CDPSession,
  changes: number,
  cards: boolean,
): Promise<Painted> {
  await page.evaluate('bench.load()');
  const blank = await taskSeconds(cdp);
  const firstWallMs = await page.evaluate<number>('bench.show()');
  const firstMs = ((await taskSeconds(cdp)) - blank) * 1_000;
  if (cards) await page.getByRole('button', { name: 'Show cards instead of tiles' }).click();
  await page.waitForTimeout(settleMs);
  const before = await taskSeconds(cdp);
  const tasks = await traced(cdp);
  const tookMs = await page.evaluate<number>('bench.change()');
  const longestTaskMs = Math.max(0, ...(await tasks()));
  const busy = (await taskSeconds(cdp)) - before;
  await page.waitForTimeout(settleMs);
  const seen = await page.evaluate<Seen>('bench.seen()');
  const frameMs = cards ? await panFrames(page, cdp) : await scrollSteps(page, cdp);
  const { labels } = await page.evaluate<Seen>('bench.seen()');
  if (!labels.some(Boolean)) throw new Error('nothing was in view after it was moved to and fro');
  if (tookMs < (changes / changesPerSecond) * 900) throw new Error('the changes came too fast');
  const mainThread = busy / (tookMs / 1000);
  return { firstMs, firstWallMs, mainThread, longestTaskMs, frameMs, ...seen };
}

/** Pans to and fro, a step of the wheel in each frame, as fingers on a touchpad do: half of its frames within. */
async function panFrames(page: Page, cdp: CDPSession): Promise<number> {
  const costs: number[] = [];
  for (let done = 0; done < panned.frames; done += panned.together) {
    const before = await taskSeconds(cdp);
    const by = done % 80 < 40 ? 12 : -12;
    await page.evaluate(`bench.pan(${panned.together}, ${by})`);
    costs.push((((await taskSeconds(cdp)) - before) * 1_000) / panned.together);
  }
  return median(costs);
}

/** Scrolls to and fro by the wheel: half of its steps within, with all frames each leads to. */
async function scrollSteps(page: Page, cdp: CDPSession): Promise<number> {
  await page.mouse.move(700, 500);
  const costs: number[] = [];
  for (let step = 0; step < movedSteps; step++) {
    const before = await taskSeconds(cdp);
    await page.mouse.wheel(0, step % 40 < 20 ? 60 : -60);
    await page.evaluate('bench.painted()');
    costs.push(((await taskSeconds(cdp)) - before) * 1_000);
  }
  return median(costs);
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the thread, in microseconds: what others do on this machine is not counted. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Until what it gives is called: how long each task of a page's main thread took, in milliseconds. */
async function traced(cdp: CDPSession): Promise<() => Promise<number[]>> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }): void => {
    for (const event of value) events.push(event as TraceEvent);
  };
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  return async () => {
    const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
    await cdp.send('Tracing.end');
    await complete;
    cdp.off('Tracing.dataCollected', collect);
    const mains = events.filter(({ args, name }) => {
      return name === 'thread_name' && args.name === 'CrRendererMain';
    });
    return events
      .filter(({ name, pid, tid }) => {
        const isMain = mains.some((main) => main.pid === pid && main.tid === tid);
        return isMain && name.endsWith('RunTask');
      })
      .map(({ tdur = 0 }) => tdur / 1_000);
  };
}

/** What the main thread has worked so far. */
export async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

type Seen = Pick<Painted, 'labels' | 'resyncs'>;

/** The page: the built board, and a stand-in for the host that says what it is told to say. */
const page = (surface: string): string => `<!doctype html>
<html lang="en" data-theme="dark">
  <head>
    <meta charset="utf-8" />
    <link rel="stylesheet" href="themes.css" />
    <link rel="stylesheet" href="board.css" />
  </head>
  <body class="vscode-dark">
    <div id="root" data-surface="${surface}"></div>
    <script src="host.js"></script>
    <script type="module" src="board.js"></script>
  </body>
</html>
`;

const script = `
const key = { folder: 'file:///bench', run: '20260101-0000-0000' };
let told = null, n = 0, resyncs = 0, state = null;
window.acquireVsCodeApi = () => ({
  postMessage: (message) => {
    if (message.type === 'resync') resyncs++;
    // Where there is a host of its own.
    window.benchHost?.(message);
  },
  getState: () => state,
  setState: (kept) => { state = kept; },
});
const send = (message) => window.postMessage(message, location.origin);
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
window.bench = {
  painted,
  // As a text: what a browser's driver makes of thousands of objects is no part of what is measured.
  tell(text) {
    send(JSON.parse(text));
  },
  async drawn(text) {
    const message = JSON.parse(text);
    const start = performance.now();
    send(message);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await painted();
    return performance.now() - start;
  },
  // How what is told gets here is no part of what is measured.
  async load() {
    told = await (await fetch('told.json')).json();
    // The extension host works beside the page, not in it.
    window.benchTeller = new Worker('teller.js');
    await new Promise((resolve) => { window.benchTeller.onmessage = resolve; });
  },
  async show() {
    if (told === null) await window.bench.load();
    const { before, at } = told;
    const run = { key, artifact: 'bench', outcome: null, reason: '', paused: false, startedAt: at };
    const sums = { elapsedMs: 0, sealed: 0, modules: 0, needs: 0, problem: null, driver: 'here' };
    const spent = { tokens: 0, microUsd: 0, turns: 0, ms: 0 };
    const runs = [{ ...run, ...sums, spent }];
    send({ type: 'desk', desk: { at, trusted: true, folders: [], runs, current: key, starting: null } });
    await painted();
    const start = performance.now();
    send({ type: 'run', key, driver: 'here', n: ++n, events: before });
    while (document.querySelector('[data-node]') === null) await painted();
    await painted();
    return performance.now() - start;
  },
  async change() {
    const start = performance.now();
    await new Promise((resolve) => {
      window.benchTeller.onmessage = ({ data }) => {
        if (data === 'told') resolve();
        else window.dispatchEvent(new MessageEvent('message', { data, origin: location.origin }));
      };
      window.benchTeller.postMessage({ key, n });
    });
    await painted();
    return performance.now() - start;
  },
  async pan(frames, by) {
    const pane = document.querySelector('.react-flow__pane');
    for (let frame = 0; frame < frames; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const at = { clientX: 700, clientY: 500, bubbles: true, cancelable: true };
      pane.dispatchEvent(new WheelEvent('wheel', { deltaX: by / 2, deltaY: by, ...at }));
    }
    await painted();
  },
  // As a person does it: by a key at the slider, and by taking its thumb to a share of the run.
  async step(key) {
    const slider = document.querySelector('.time-slider');
    slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await painted();
  },
  async jump(share) {
    const slider = document.querySelector('.time-slider');
    const { left, width } = slider.getBoundingClientRect();
    const at = { clientX: left + 8 + share * (width - 20), buttons: 1, bubbles: true };
    slider.dispatchEvent(new PointerEvent('pointermove', at));
    await painted();
  },
  moment() {
    return Number(document.querySelector('.time-slider').getAttribute('aria-valuenow'));
  },
  seen() {
    const labels = [];
    for (const shown of document.querySelectorAll('[data-node]')) {
      // A card is called by its own words: the name first, then the state.
      const words = ['b', '.card-state > span'].map((part) => shown.querySelector(part)?.textContent);
      labels[Number(shown.dataset.node)] = shown.getAttribute('aria-label') ?? words.join(', ');
    }
    return { labels, resyncs };
  },
};
`;

const teller = `
let changes = [];
onmessage = async ({ data: { key, n } }) => {
  const start = performance.now();
  for (let told = 0; told < changes.length; ) {
    await new Promise((resolve) => setTimeout(resolve, ${batchMs}));
    const due = Math.min(changes.length, Math.floor((performance.now() - start) * ${changesPerSecond} / 1000));
    const events = changes.slice(told, due).flat();
    told = due;
    if (events.length > 0) postMessage({ type: 'events', run: key.run, n: ++n, events });
  }
  postMessage('told');
};
fetch('told.json').then((answer) => answer.json()).then((told) => {
  changes = told.changes;
  postMessage('ready');
});
`;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.ttf': 'font/ttf',
};

async function serve(surface: string, { before, changes }: Told) {
  const told = JSON.stringify({ before, changes, at: before.at(-1)?.at });
  const made = new Map([
    ['index.html', page(surface)],
    ['host.js', script],
    ['teller.js', teller],
    ['told.json', told],
    ['themes.css', await readFile(join('src', 'webview', 'export', 'themes.css'), 'utf8')],
  ]);
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://bench').pathname) || 'index.html';
    response.setHeader('content-type', types[extname(name)] ?? 'text/plain');
    const text = made.get(name);
    if (text !== undefined) {
      response.end(text);
      return;
    }
    readFile(join('dist', 'board', name)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => server.close() };
}
