import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { accountOf } from '../../../src/core/projections/account.ts';
import { compareRuns } from '../../../src/core/projections/compare-runs.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import type { BoardView } from '../../../src/protocol/board.ts';
import { disputedRun } from '../conflict-runs.ts';
import { BoardPage, damagedDesk, emptyDesk, keyOf } from './board-page.ts';
import { focusStays } from './focus-stays.ts';
import { forcedColours } from './forced-colours.ts';
import { inAllSizes, inAllThemes, large, tags, violations } from './violations.ts';
import { zoomedText } from './zoomed-text.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

const conflicting = disputedRun().history;

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

  it('with the sheet of keys, and what is filtered', async () => {
    await board.run(recorded);
    await board.show({ view: 'graph' });
    await board.page.getByRole('button', { name: 'Keys of the board (?)' }).click();
    await board.page.getByRole('dialog').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.page.keyboard.press('Escape');
    await board.page.getByRole('button', { name: 'Filter by state' }).click();
    expect(await inAllThemes(board)).toEqual([]);
    await board.page.keyboard.press('Escape');
  });

  it('with the details of a tier, and of a gate that asks', async () => {
    await board.run(recorded);
    await board.show({ view: 'graph' });
    for (const gate of ['frontend', 'accept']) {
      await board.page.locator('.gate', { hasText: gate }).click();
      await board.page.locator(`aside.drawer[aria-label="${gate}"] .drawer-head`).waitFor();
      expect(await violations(board, { tags })).toEqual([]);
      await board.page.keyboard.press('Escape');
    }
  });

  it('in a restricted workspace, with what was refused and a damaged journal', async () => {
    await board.run(recorded);
    await board.tell(
      { type: 'desk', desk: damagedDesk(recorded) },
      { type: 'refused', message: 'The run could not be paused: its driver is gone' },
    );
    await board.page.getByText('could not be paused').waitFor();
    await board.page.getByText('The journal is damaged').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
    await board.show({ view: 'gates' });
    await board.page.locator('.gates .need').waitFor();
    expect(await inAllThemes(board)).toEqual([]);
    await board.page.getByRole('button', { name: 'Dismiss' }).click();
  });

  focusStays(board, recorded);
  zoomedText(board, recorded);
  forcedColours(board);

  it('beside a plan, drawn and not', async () => {
    const [started] = recorded;
    if (started?.type !== 'run-started') throw new Error('the journal does not begin with a run');
    await board.reload('preview');
    const troubles = [{ line: 41, message: 'the plan has no module "lexr"' }];
    await board.tell(
      { type: 'preview-of', uri: 'file:///workspace/a.plan.yaml', file: 'a.plan.yaml' },
      { type: 'preview-troubles', troubles, more: 0 },
    );
    await board.page.getByText('lexr').waitFor();
    expect(await inAllThemes(board)).toEqual([]);
    await board.tell({ type: 'preview-plan', plan: started.plan, estimates: 'by the plan' });
    await board.page.locator('.schedule').first().waitFor();
    await board.page.locator('[data-node]').first().waitFor();
    expect(await inAllSizes(board)).toEqual([]);
  });

  it('with two runs side by side', async () => {
    const [whole, part] = [accountOf(recorded), accountOf(recorded.slice(0, 200))];
    if (whole === null || part === null) throw new Error('there are no events');
    const key = keyOf(recorded);
    await board.reload('compare');
    await board.tell({
      ...{ type: 'comparison', keys: [key, key] },
      comparison: compareRuns(whole, part),
    });
    await board.page.locator('.compare-runs').waitFor();
    expect(await inAllSizes(board)).toEqual([]);
  });
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
    const broken = 'Ashlar cannot load its own file dist/engine/engine.mjs. Reload the window.';
    await sidebar.tell({ type: 'desk', desk: { ...emptyDesk, broken } });
    await sidebar.page.getByText(broken).waitFor();
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
