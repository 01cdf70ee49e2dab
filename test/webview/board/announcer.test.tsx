// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { announced, announcement } from '../../../src/core/projections/announcement.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { Announcer } from '../../../src/webview/board/Announcer.tsx';
import { board } from '../../../src/webview/store.ts';
import { knows, Page } from '../page.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

let page: Page;
/** Everything that was said, in its order. */
let heard: string[];
let region: MutationObserver;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
});
afterEach(() => {
  region.disconnect();
  page.close();
  vi.useRealTimers();
});

const said = (): string => page.all('[role=status]')[0]?.textContent ?? '';

async function listens(told: number): Promise<void> {
  knows(recorded.slice(0, told));
  await page.show(<Announcer />);
  heard = [];
  region = new MutationObserver(() => {
    if (said() !== '') heard.push(said());
  });
  region.observe(page.all('[role=status]')[0]!, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

/** As the store has it when events come: the moments grow, and the present moves where it is looked at. */
const happens = (events: readonly RunEvent[]): Promise<void> =>
  act(async () => {
    const { moments, moment } = board.store.getState();
    moments.append(events);
    board.store.setState(moment === null ? { chronicle: moments.last } : { moments });
  });

const passes = (ms: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

const at = (type: RunEvent['type'], nth = 0): number =>
  recorded.flatMap((event, index) => (event.type === type ? [index] : []))[nth]!;

test('a run that is opened is not told; a verdict, a gate that asks and what fails are, once each', async () => {
  const verdict = at('verdict-given');
  await listens(verdict);
  await passes(10_000);
  expect(heard).toEqual([]);

  await happens(recorded.slice(verdict, verdict + 1));
  await passes(2_000);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatch(/^module \S+: PASS\.$|^\S+: PASS\.$/);
  await passes(20_000);
  // It is taken away, and not said again.
  expect([heard.length, said()]).toEqual([1, '']);

  await happens(recorded.slice(verdict + 1));
  await passes(2_000);
  expect(heard).toHaveLength(2);
  expect(heard[1]).toContain('gate ship waits for your approval.');
  expect(heard[1]).toContain('tier frontend failed, and parser is reopened.');
});

test('a hundred changes a second are told as how many they were', async () => {
  await listens(at('verdict-given'));
  for (let next = at('verdict-given'); next < 277; next++) {
    await happens(recorded.slice(next, next + 1));
    await passes(10);
  }
  await passes(3_000);
  expect(heard.length).toBeLessThanOrEqual(3);
  const verdicts = recorded.filter((event) => event.type === 'verdict-given').length;
  const numbers = heard
    .join(' ')
    .match(/(\d+) verdicts/g)
    ?.map((text) => Number.parseInt(text, 10));
  expect((numbers ?? []).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(verdicts - 4);
  for (const text of heard) expect(text.split('. ').length).toBeLessThanOrEqual(5);
});

test('in a busy run verdicts are gathered for nine seconds, and what needs a person is told at once', async () => {
  await listens(at('verdict-given'));
  /** One verdict a second, as the run has them. */
  const verdicts = recorded.filter(({ type }) => type === 'verdict-given');
  const told = announced(verdicts.slice(0, 1).flatMap((event) => announcement(event) ?? []));
  const second = async (events: readonly RunEvent[]): Promise<void> => {
    await happens(events);
    await passes(1_000);
  };
  // One after the other without anything between them that asks.
  const busy = recorded.slice(at('verdict-given'), at('approval-requested'));
  const quiet = busy.findIndex((event) => announcement(event)?.matters === true);
  const before = busy.slice(0, quiet);
  expect(before.filter(({ type }) => type === 'verdict-given').length).toBeGreaterThan(2);
  await second(before.slice(0, 1));
  await passes(1_000);
  expect(heard).toEqual([told]);
  await second(before.slice(1));
  await passes(7_500);
  expect(heard).toHaveLength(1);
  await passes(1_000);
  expect(heard).toHaveLength(2);

  // A second later something asks: nobody waits nine more for that.
  await happens(busy.slice(quiet, quiet + 1));
  await passes(2_000);
  expect(heard).toHaveLength(3);
  expect(heard[2]).toBe(announced([announcement(busy[quiet]!)!]));
  await passes(60_000);
  const asks = recorded.indexOf(busy[quiet]!) + 1;
  const rest = recorded.slice(asks);
  const next = rest.findIndex((event) => announcement(event)?.matters === true);
  await happens(rest.slice(0, next + 1));
  await passes(400);
  expect(heard).toHaveLength(4);
});

test('who looks back hears nothing of it, nor of what happens meanwhile', async () => {
  await listens(150);
  await act(async () => board.store.getState().goTo(20));
  await act(async () => board.store.getState().goTo(80, true));
  await happens(recorded.slice(150));
  await act(async () => board.store.getState().goTo(null));
  await passes(10_000);
  expect(heard).toEqual([]);
});

test('the end of a run is told whatever else happens', () => {
  const base = recorded.at(-1)!;
  const ends = (outcome: 'complete' | 'failed' | 'cancelled'): string =>
    announced([
      announcement({ ...base, type: 'run-finished', outcome, reason: 'x' })!,
      ...recorded.flatMap((event) => announcement(event) ?? []),
    ]);
  expect(ends('complete')).toMatch(/^The run is complete\. /);
  expect(ends('failed')).toMatch(/^The run has failed\. /);
  expect(ends('cancelled')).toMatch(/^The run was cancelled\. /);
});
