// @vitest-environment jsdom
import '../board/sizes.ts';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FilterMenu } from '../../../src/webview/board/FilterMenu.tsx';
import { board } from '../../../src/webview/store.ts';
import { Table } from '../../../src/webview/table/Table.tsx';
import { Story } from '../../core/projections/story.ts';
import { knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

/** lexer has failed once and is revised; parser waits for it. */
const failed = () =>
  new Story().go().after(60).submit('lexer').after(10).fail('lexer', 'wrong column');

const rows = () => page.all('.table-row');
const names = () => rows().map((row) => row.querySelector('th')?.textContent.trim());
const row = (name: string): HTMLElement => {
  const found = rows().find((each) => each.querySelector('th')?.textContent.trim() === name);
  if (found === undefined) throw new Error(`no row ${name} among ${names().join(', ')}`);
  return found;
};
const tabStop = () => rows().filter(({ tabIndex }) => tabIndex === 0);
const press = (key: string): Promise<void> =>
  act(async () => {
    const [stop] = tabStop();
    stop?.focus();
    stop?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

describe('the table of a run', () => {
  test('has its modules tier by tier in the order of the plan, then its gates', async () => {
    knows(failed().events);
    await page.show(<Table />);
    expect(names()).toEqual(['coretier 1', 'lexer', 'parser', 'vm', 'Gates', 'accept', 'ship']);
    expect(row('lexer').textContent).toMatch(/Revising/);
    expect(row('parser').textContent).toMatch(/Waiting for lexer/);
    expect(row('coretier 1').textContent).toContain('0/3 sealed');
  });

  test('says its shape to a screen reader: levels, what is open, and how many rows there are', async () => {
    knows(failed().events);
    await page.show(<Table />);
    const [grid] = page.all('[role=treegrid]');
    expect(grid?.getAttribute('aria-rowcount')).toBe(String(rows().length + 1));
    expect(row('coretier 1').getAttribute('aria-expanded')).toBe('true');
    expect(row('lexer').getAttribute('aria-level')).toBe('2');
    expect(row('lexer').getAttribute('aria-expanded')).toBe('false');
    expect(row('parser').hasAttribute('aria-expanded')).toBe(false);
  });

  test('shows an earlier moment as it was', async () => {
    const { events } = failed();
    knows(events);
    await page.show(<Table />);
    await meanwhile(() => board.store.getState().goTo(2));
    expect(row('lexer').textContent).not.toMatch(/Revising/);
  });
});

describe('the keys of the table', () => {
  test('go through rows, of which Tab stops at one; Enter opens the details', async () => {
    knows(failed().events);
    await page.show(<Table />);
    await press('ArrowDown');
    expect(tabStop()).toEqual([row('lexer')]);
    expect(document.activeElement).toBe(row('lexer'));
    await press('Enter');
    expect(board.store.getState().selected).toBe('lexer');
    expect(row('lexer').getAttribute('aria-selected')).toBe('true');
    await press('Escape');
    expect(board.store.getState().selected).toBeNull();
    await press('End');
    expect(tabStop()).toEqual([row('ship')]);
  });

  test('open a module’s submissions, go into them and back, and fold a tier', async () => {
    knows(failed().events);
    await page.show(<Table />);
    await press('ArrowDown');
    await press('ArrowRight');
    expect(row('lexer').getAttribute('aria-expanded')).toBe('true');
    const before = rows().length;
    await press('ArrowRight');
    expect(tabStop()[0]?.textContent).toContain('attempt 1 of v1');
    expect(tabStop()[0]?.textContent).toContain('FAIL');
    await press('ArrowLeft');
    expect(tabStop()).toEqual([row('lexer')]);
    await press('ArrowLeft');
    expect(rows()).toHaveLength(before - 1);
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(names()).toEqual(['coretier 1', 'Gates', 'accept', 'ship']);
  });

  test('lead to the module in the graph', async () => {
    knows(failed().events);
    board.store.setState({ view: 'table' });
    await page.show(<Table />);
    await press('ArrowDown');
    await press('g');
    const { view, selected, focus } = board.store.getState();
    expect({ view, selected, focus }).toEqual({
      ...{ view: 'graph', selected: 'lexer', focus: { module: 'lexer' } },
    });
  });
});

describe('a filter by state', () => {
  test('leaves what is in none of the chosen states out of the table', async () => {
    knows(failed().seal('vm').events);
    await page.show(
      <>
        <FilterMenu />
        <Table />
      </>,
    );
    await page.click('Filter by state');
    const choose = (label: string): Promise<void> =>
      act(async () => page.all(`input[aria-label="${label}"]`)[0]?.click());
    await choose('Sealed, 1 module');
    expect(names()).toEqual(['coretier 1', 'vm', 'Gates', 'accept', 'ship']);
    expect(page.text).toContain('The filter shows 1 of 3 modules');
    await choose('Waiting, 1 module');
    expect(page.text).toContain('The filter shows 2 of 3 modules');
    expect(names()).toContain('parser');
    await page.click('Show all');
    expect(page.text).not.toContain('The filter shows');
    expect(names()).toContain('lexer');
  });

  test('that nothing matches says so', async () => {
    knows(failed().events);
    board.store.setState({ filter: ['sealed'] });
    await page.show(<Table />);
    expect(page.text).toContain('No module is in the states that the filter shows.');
  });
});
