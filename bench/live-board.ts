import { pathToFileURL } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import type { WorkspaceFolder } from 'vscode';
import { runId } from '../src/core/ids.ts';
import type { RunEvent } from '../src/core/events.ts';
import { replayEvent } from '../src/core/projections/timeline.ts';
import { seeded } from '../src/core/schedule/random.ts';
import { systemClock } from '../src/engine/clock.ts';
import { acquire, readHolder } from '../src/engine/journal/acquire-lock.ts';
import { Follower } from '../src/engine/journal/follow.ts';
import { Channel } from '../src/extension/board/channel.ts';
import { FollowedRun } from '../src/extension/runs/followed-run.ts';
import { runPlace } from '../src/extension/runs/run-place.ts';
import type { Engine } from '../src/extension/runs/runs-host.ts';
import type { BoardMessage, HostMessage } from '../src/protocol/board.ts';
import { openPage, taskSeconds } from './board-page.ts';
import type { Decisions } from './board-run.ts';
import { durable, journalOf } from './durable-journal.ts';
import { watchCards, type Seen } from './latency.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Between two decisions while the board is watched; a driver of forty agents is no faster. */
const gapMs = { least: 80, most: 320 };
/** More than the board is behind. */
const settleMs = 1_000;

export interface LiveBoard {
  /** As they were written, each with the time just before. */
  readonly appended: readonly RunEvent[];
  readonly seen: Seen;
  /** What was sent to the board while it could not be seen, and decisions were written. */
  readonly sentHidden: number;
  readonly reopened: readonly Reopened[];
  /** By node, what the board that was opened last says. */
  readonly labels: readonly string[];
}

/** From the page's `ready` until the present is on the screen. */
interface Reopened {
  readonly wallMs: number;
  /** Of the main thread on a core. */
  readonly coreMs: number;
}

/**
 * A run that somebody drives, watched from another window: a journal and a lock on the disk, what
 * the extension reads them with and tells its board with, and the built board in a browser. Only
 * the editor between the two is not there.
 */
export async function watchLive(
  before: readonly RunEvent[],
  watched: Decisions,
  hidden: Decisions,
  times: number,
): Promise<LiveBoard | string> {
  const [first] = before;
  if (first?.type !== 'run-started') throw new Error('a run begins with its beginning');
  await using place = await temporaryFolder();
  const { href } = pathToFileURL(place.path);
  const uri = { fsPath: place.path, path: place.path, toString: () => href };
  const folder: unknown = { uri };
  const where = runPlace(folder as WorkspaceFolder, runId('20260101-0000-0000'));
  const locked = await acquire(where.path, { clock: systemClock() });
  if (!locked.ok) throw new Error(locked.message);
  await using _lock = locked.lock;
  const journal = durable(await journalOf(where.path, first.plan, { synced: true }));
  const append = async (events: readonly RunEvent[]): Promise<void> => {
    journal.enqueue(events, null);
    await journal.flush();
  };
  await append(before);
  const engine = { systemClock, readHolder, Follower, replayEvent } as unknown as Engine;
  const run = new FollowedRun(where, engine, (warning) => {
    throw new Error(warning);
  });
  await run.open();
  try {
    return await openPage('board', { before: [], changes: [] }, async (page, cdp, address) => {
      const host = await hostOf(page, cdp, run);
      await host.open(address);
      await page.evaluate(watchCards);
      const appended: RunEvent[] = [];
      const random = seeded(watched.length);
      for (const events of watched) {
        await page.waitForTimeout(gapMs.least + random() * (gapMs.most - gapMs.least));
        const now = dated(events);
        appended.push(...now);
        await append(now);
      }
      await page.waitForTimeout(settleMs);
      const seen = await page.evaluate<Seen>('benchSeen');
      // The editor takes the page of a board away that cannot be seen.
      host.channel.setVisible(false);
      await page.goto('about:blank');
      const sentBefore = host.sent();
      for (const events of hidden) await append(dated(events));
      await run.look();
      const sentHidden = host.sent() - sentBefore;
      const reopened: Reopened[] = [];
      for (let i = 0; i < times; i++) {
        reopened.push(await host.reopen(address));
      }
      const { labels } = await page.evaluate<{ labels: string[] }>('bench.seen()');
      host.channel.dispose();
      return { appended, seen, sentHidden, reopened, labels };
    });
  } finally {
    run.dispose();
  }
}

/** As if they happened now. */
function dated(events: readonly RunEvent[]): RunEvent[] {
  const at = Date.now();
  return events.map((event) => ({ ...event, at }));
}

/** The extension's end of the page. */
async function hostOf(page: Page, cdp: CDPSession, run: FollowedRun) {
  let sent = 0;
  let readyAt = 0;
  let worked = Promise.resolve(0);
  const channel = new Channel({
    post: (message: HostMessage) => {
      sent += 1;
      page
        .evaluate(`bench.tell(${JSON.stringify(JSON.stringify(message))})`)
        // The page is on its way elsewhere.
        .catch(() => undefined);
    },
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    desk: () => ({
      ...{ at: Date.now(), trusted: true, folders: [], runs: [], current: run.key, starting: null },
    }),
    drafts: () => [],
  });
  channel.follow(run);
  await page.exposeFunction('benchHost', (message: BoardMessage) => {
    if (message.type === 'ready') {
      readyAt = Date.now();
      worked = taskSeconds(cdp);
      channel.ready();
    } else if (message.type === 'resync') channel.resync();
  });
  await page.addInitScript(noteShown);
  const open = async (address: string): Promise<number> => {
    await page.goto(address);
    const shownAt = await page.waitForFunction('window.benchShown');
    return (await shownAt.jsonValue()) as number;
  };
  return {
    channel,
    sent: () => sent,
    open,
    /** The editor says that it can be seen, and builds its page anew. */
    reopen: async (address: string): Promise<Reopened> => {
      channel.setVisible(false);
      await page.goto('about:blank');
      channel.setVisible(true);
      await page.goto(address, { waitUntil: 'commit' });
      await page.waitForFunction('window.benchShown');
      const shownAt = await page.evaluate<number>('benchShown');
      const coreMs = ((await taskSeconds(cdp)) - (await worked)) * 1_000;
      await page.waitForTimeout(settleMs);
      return { wallMs: shownAt - readyAt, coreMs };
    },
  };
}

/** Notes in each page when it first had a picture of modules. */
const noteShown = `
const look = () => {
  if (document.querySelector('[data-node]') === null) requestAnimationFrame(look);
  else requestAnimationFrame(() => setTimeout(() => { window.benchShown = Date.now(); }, 0));
};
requestAnimationFrame(look);
`;
