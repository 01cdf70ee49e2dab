import { existsSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import type { RunEvent } from '../src/core/events.ts';
import { seeded } from '../src/core/schedule/random.ts';
import { openBoard, taskSeconds } from './board-page.ts';
import { boardPlan, playRun } from './board-run.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { median } from './timing.ts';

/** Modules whose run takes just over 10,000 events. */
const modules = 640;
const targetMs = 50;

const views = ['Graph', 'Streams', 'Gates', 'Table', 'Account'] as const;

/** What it costs to look at another moment of a long run, in each view, until it is painted. */
export const scrub: Part = {
  name: 'scrub',
  measure: async ({ quick }) => {
    if (!existsSync('dist/board/board.js')) throw new Error('run `npm run build` first');
    const events = playRun(boardPlan(modules)).flat();
    const steps = quick ? 12 : 60;
    const measured = await openBoard({ before: events, changes: [] }, async (page, cdp) => {
      await page.evaluate('bench.show()');
      await page.locator('.time-slider').waitFor();
      const all: Scrubbed[] = [];
      for (const view of views) {
        await page.getByRole('tab', { name: view }).click();
        all.push(await scrubbed(page, cdp, view, steps, events));
        if (view !== 'Streams') continue;
        const unfold = page.getByRole('button', { name: 'Unfold all streams' });
        if ((await unfold.count()) === 0) continue;
        await unfold.click();
        all.push(await scrubbed(page, cdp, 'Streams, unfolded', steps, events));
      }
      return all;
    });
    if (typeof measured === 'string') {
      process.stdout.write(`  no browser to scrub in: ${measured}\n`);
      return [];
    }
    return measured.flatMap((each) => figuresOf(each, events));
  },
};

interface Scrubbed {
  readonly view: string;
  /** Of the main thread on a core, by step. */
  readonly stepMs: readonly number[];
  readonly jumpMs: readonly number[];
}

async function scrubbed(
  page: Page,
  cdp: CDPSession,
  view: string,
  steps: number,
  events: readonly RunEvent[],
): Promise<Scrubbed> {
  const random = seeded(events.length);
  const taken = async (work: () => Promise<unknown>): Promise<number> => {
    const before = await taskSeconds(cdp);
    await work();
    return ((await taskSeconds(cdp)) - before) * 1_000;
  };
  const jump = (): Promise<unknown> => page.evaluate(`bench.jump(${random()})`);
  // The compiler sees each view a few times first.
  for (let i = 0; i < 5; i++) await jump();
  const [jumpMs, stepMs]: [number[], number[]] = [[], []];
  for (let i = 0; i < steps; i++) {
    jumpMs.push(await taken(jump));
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight']) {
      stepMs.push(await taken(() => page.evaluate(`bench.step('${key}')`)));
    }
  }
  const moment = await page.evaluate<number>('bench.moment()');
  if (moment >= events.length) throw new Error(`${view}: it is still live`);
  return { view, stepMs, jumpMs };
}

function figuresOf({ view, stepMs, jumpMs }: Scrubbed, events: readonly RunEvent[]): Figure[] {
  const of = (what: string, taken: readonly number[]): Figure =>
    figure(
      `${what}, ${view.toLowerCase()}`,
      percentile(taken, 0.95),
      'ms',
      targetMs,
      `${events.length} events; p95 of ${taken.length}, median ${median(taken).toFixed(1)} ms, longest ${Math.max(...taken).toFixed(1)} ms`,
    );
  return [of('to the next event', stepMs), of('to any moment', jumpMs)];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
