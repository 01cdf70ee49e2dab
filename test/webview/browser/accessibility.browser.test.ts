import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import type { BoardView } from '../../../src/protocol/board.ts';
import { disputedRun } from '../conflict-runs.ts';
import { BoardPage, emptyDesk, type Theme } from './board-page.ts';
import { forcedColours } from './forced-colours.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What of the rules looks at colours: the others find the same in every theme. */
const colours = ['color-contrast', 'link-in-text-block'];
const large = { width: 1440, height: 900 };
const small = { width: 800, height: 600 };

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

const conflicting = disputedRun().history;

/** What axe-core finds on the page as it is, one line each; [] is what we want. */
async function violations(
  { page }: BoardPage,
  what: { tags: string[] } | { rules: string[] },
): Promise<string[]> {
  // Not by a script element: the page's policy lets in no script but the board's.
  await page
    .evaluate(`typeof axe`)
    .then((known) => known === 'object' || page.evaluate(axe.source));
  return await page.evaluate(async (asked) => {
    // What fades in is judged when it is there; what turns for ever is judged as it is.
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const found = await inPage.run(document, {
      resultTypes: ['violations'],
      runOnly:
        'tags' in asked
          ? { type: 'tag', values: asked.tags }
          : { type: 'rule', values: asked.rules },
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) =>
          `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`,
      ),
    );
  }, what);
}

/** Everything in one look, then the colours of the other themes: nothing else depends on them. */
async function inAllThemes(board: BoardPage): Promise<string[]> {
  const told = await violations(board, { tags });
  for (const theme of ['light', 'hc'] as const satisfies readonly Theme[]) {
    await board.theme(theme);
    const found = await violations(board, { rules: colours });
    told.push(...found.map((line) => `${theme}: ${line}`));
  }
  await board.theme('dark');
  return told;
}

async function inAllSizes(board: BoardPage): Promise<string[]> {
  const told = await inAllThemes(board);
  await board.page.setViewportSize(small);
  told.push(...(await violations(board, { tags })).map((line) => `800 px: ${line}`));
  await board.page.setViewportSize(large);
  return told;
}

const opened = await BoardPage.open('board');

describe.skipIf(typeof opened === 'string')('the board', () => {
  const board = opened as BoardPage;
  beforeAll(() => board.page.setViewportSize(large));
  afterAll(async () => {
    await board.close();
    expect(board.faults).toEqual([]);
  });

  it('with no run', async () => {
    await board.tell({ type: 'desk', desk: emptyDesk }, { type: 'no-run' });
    await board.page.getByText('No run to show').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.tell({ type: 'desk', desk: { ...emptyDesk, trusted: false } });
    await board.page.getByText('This workspace is restricted').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
  });

  const views: readonly (readonly [BoardView, string])[] = [
    ['graph', '.react-flow__node'],
    ['streams', '.streams'],
    ['gates', '.gates'],
    ['table', '[role=grid], table'],
    ['account', '.account'],
  ];
  it.each(views)('%s', async (view, mark) => {
    await board.run(recorded);
    await board.show({ view });
    await board.page.locator(mark).first().waitFor();
    expect(await inAllSizes(board)).toEqual([]);
  });

  it('in the middle of a run, with a module opened', async () => {
    await board.run(recorded.slice(0, 200));
    await board.show({ view: 'module', module: moduleId('parser') });
    await board.page.locator('.drawer h2, .drawer header').first().waitFor();
    expect(await inAllSizes(board)).toEqual([]);
  });

  it('at an earlier moment', async () => {
    await board.run(recorded);
    await board.show({ view: 'graph' });
    await board.page.getByRole('button', { name: 'Previous event' }).click();
    await board.page.getByRole('button', { name: 'Back to live' }).waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.page.getByRole('button', { name: 'Back to live' }).click();
  });

  it('with an amendment', async () => {
    const module = moduleId('lexer');
    await board.run(recorded.slice(0, 200));
    const lines = [
      { kind: 'same', text: '# Lexer' },
      { kind: 'removed', text: 'Columns count from 0.' },
      { kind: 'added', text: 'Columns count from 1.' },
    ] as const;
    const file = { path: 'contract/lexer.md', added: 1, removed: 1, lines, cut: false };
    const draft = { kind: 'reopen', module, from: 1, files: [file], problem: '' } as const;
    await board.tell({ type: 'draft', module, draft });
    await board.show({ view: 'amendment', module });
    await board.page.locator('.amendment').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.tell({ type: 'draft', module, draft: null });
  });

  it('with conflicts, and with tiles', async () => {
    await board.run(conflicting);
    await board.show({ view: 'gates' });
    await board.page.getByText('Conflicts').first().waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.show({ view: 'graph' });
    await board.page.getByRole('button', { name: 'Show tiles instead of cards' }).click();
    expect(await inAllSizes(board)).toEqual([]);
    await board.page.getByRole('button', { name: /cards/i }).click();
  });

  forcedColours(board);
});

const beside = await BoardPage.open('sidebar');

describe.skipIf(typeof beside === 'string')('the side bar, 300 px wide', () => {
  const sidebar = beside as BoardPage;
  beforeAll(() => sidebar.page.setViewportSize({ width: 300, height: 900 }));
  afterAll(async () => {
    await sidebar.close();
    expect(sidebar.faults).toEqual([]);
  });

  it('with no run', async () => {
    await sidebar.tell({ type: 'desk', desk: emptyDesk }, { type: 'no-run' });
    await sidebar.page.getByText('Run the example').first().waitFor();
    expect(await inAllThemes(sidebar)).toEqual([]);
  });

  it('with a run that waits for a person', async () => {
    await sidebar.run(recorded);
    await sidebar.page.getByRole('button', { name: 'Approve' }).first().waitFor();
    expect(await inAllThemes(sidebar)).toEqual([]);
  });

  it('with a run that has a conflict', async () => {
    await sidebar.run(conflicting);
    await sidebar.page.getByText('lexer').first().waitFor();
    expect(await inAllThemes(sidebar)).toEqual([]);
  });
});
