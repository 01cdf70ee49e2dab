// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { graphOf } from '../../../src/core/graph.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { Graph } from '../../../src/webview/graph/Graph.tsx';
import { foldedTiers } from '../../../src/webview/graph/folds.ts';
import { heightOf, layoutOf } from '../../../src/webview/graph/layout.ts';
import { routesOf } from '../../../src/webview/graph/routes.ts';
import { keepPlace, keptPlace } from '../../../src/webview/kept-place.ts';
import { board } from '../../../src/webview/store.ts';
import { Table } from '../../../src/webview/table/Table.tsx';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';
import { knows } from '../page.ts';
import { FlowPage } from './flow-page.ts';

const two = plan({
  modules: {
    lexer: {},
    parser: { needs: ['lexer'] },
    checker: { needs: ['parser'] },
    vm: { needs: ['lexer'] },
    cli: { needs: ['checker', 'vm'] },
  },
  tiers: {
    frontend: { modules: ['lexer', 'parser', 'checker'] },
    backend: { modules: ['vm', 'cli'] },
  },
});
const { history } = given(two);

let page: FlowPage;
beforeEach(() => {
  page = new FlowPage();
});
afterEach(() => page.close());

const store = () => board.store.getState();
const node = (name: string): number =>
  store().chronicle!.state.graph.moduleIndex.get(moduleId(name))!;
const ids = () =>
  page.all('.react-flow__node').map((each) => each.getAttribute('data-id') ?? each.dataset.id);

async function press(key: string, on: Element): Promise<void> {
  await act(async () => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await vi.dynamicImportSettled();
  });
}

describe('a folded tier', () => {
  test('is one stone that its edges are joined to', () => {
    const graph = graphOf(two);
    const folded = layoutOf(two, graph, 'full', foldedTiers(two, graph, new Set(['frontend'])));
    const [lexer, , checker, vm, cli] = [0, 1, 2, 3, 4];
    expect(folded.grid.shownAs).toEqual([lexer, lexer, lexer, vm, cli]);
    expect(folded.modules[checker]).toEqual(folded.modules[lexer]);
    const lines = routesOf(folded).map(({ from, to }) => [from, to]);
    expect(lines).toContainEqual([lexer, vm]);
    expect(lines).toContainEqual([lexer, cli]);
    // Nothing within it is drawn, and nothing twice.
    expect(lines.filter(([from, to]) => from === to)).toEqual([]);
    expect(new Set(lines.map(String)).size).toBe(lines.length);
    expect(lines.flat().includes(checker)).toBe(false);
  });

  test('takes little room: its columns close up, and all its edges still meet it', () => {
    const graph = graphOf(two);
    for (const size of ['full', 'close', 'compact'] as const) {
      const open = layoutOf(two, graph, size);
      const folded = layoutOf(two, graph, size, foldedTiers(two, graph, new Set(['frontend'])));
      const [lexer, vm, cli] = [0, 3, 4];
      // Two modules are left in two columns, in the order in which they stood.
      expect([open.grid.columns, folded.grid.columns]).toEqual([3, 2]);
      expect([vm, cli].map((each) => folded.grid.cells[each]!.column)).toEqual([0, 1]);
      const gate = (of: typeof open) => of.gates.get(graph.tierBase + 1)!;
      expect(gate(folded).x).toBeLessThan(gate(open).x);
      expect(gate(folded).y).toBeLessThan(gate(open).y);
      const box = { ...folded.modules[lexer]!, high: heightOf(folded, lexer) };
      expect(box.high).toBe(folded.measures.foldedHeight);
      for (const { from, points } of routesOf(folded)) {
        if (from !== lexer) continue;
        const [start] = points;
        expect(start!.x).toBeGreaterThan(box.x);
        expect(start!.x).toBeLessThanOrEqual(box.x + folded.measures.cardWidth);
        expect([box.y + box.high, box.y + box.high / 2]).toContain(start!.y);
      }
    }
  });

  test('keeps the focus when it is folded and opened with a button', async () => {
    knows(history);
    await page.show(<Graph />);
    const [head] = page.all('.course-head');
    act(() => head!.focus());
    await act(async () => {
      head!.click();
      await vi.dynamicImportSettled();
    });
    await vi.waitFor(() => expect(document.activeElement?.className).toMatch('course-stone'));
    act(() => (document.activeElement as HTMLElement).click());
    await vi.waitFor(() => expect(document.activeElement?.textContent).toMatch(/^lexer/));
  });

  test('shows how many of its modules are at what, and opens again', async () => {
    knows(history);
    await page.show(<Graph />);
    const [head] = page.all('.course-head');
    expect(head!.getAttribute('aria-expanded')).toBe('true');
    await act(async () => {
      head!.click();
      await vi.dynamicImportSettled();
    });
    expect(ids()).not.toContain('module:lexer');
    const [stone] = page.all('.course-stone');
    expect(stone!.getAttribute('aria-label')).toBe(
      'frontend, folded, 0 of 3 sealed, 1 building, 2 waiting',
    );
    act(() => stone!.click());
    expect(ids()).toContain('module:lexer');
    expect(page.all('.course-stone')).toEqual([]);
  });

  test('is told by its name to those who cannot see its edges', async () => {
    knows(history);
    await page.show(<Graph />);
    act(() => page.all('.course-head')[0]!.click());
    const words = page.all('ul[aria-label=Dependencies] > li').map((line) => line.textContent);
    expect(words).toContain('cli waits for tier frontend (hard)');
    expect(words.join()).not.toContain('lexer');
  });

  test('is folded and opened by keys: its own, or all of them', async () => {
    knows(history);
    await page.show(<Graph />);
    const parser = page.node(node('parser'));
    act(() => parser.focus());
    await press('x', parser);
    expect([...store().folded]).toEqual(['frontend']);
    const stone = page.all('.course-stone')[0]!;
    // No key of a module acts on it.
    await press('o', stone);
    expect(page.acts).toEqual([]);
    await press('x', stone);
    expect(store().folded.size).toBe(0);
    await press('X', page.node(node('vm')));
    expect([...store().folded].sort()).toEqual(['backend', 'frontend']);
    await page.click('Open all tiers');
    expect(store().folded.size).toBe(0);
  });

  test('opens when a module in it is looked for', async () => {
    knows(history);
    await page.show(<Graph />);
    act(() => store().fold(['frontend'], true));
    await act(async () => store().focusModule(moduleId('checker')));
    expect(store().folded.size).toBe(0);
    expect(document.activeElement?.textContent).toMatch(/^checker/);
  });

  test('is the same row in the table', async () => {
    knows(history);
    act(() => store().fold(['frontend'], true));
    await page.show(<Table />);
    const names = () => page.all('tbody th').map((each) => each.textContent);
    expect(names()).not.toContain('lexer');
    const [row] = page.all('tbody tr');
    expect(row!.getAttribute('aria-expanded')).toBe('false');
    act(() => row!.focus());
    await press('ArrowRight', row!);
    expect(store().folded.size).toBe(0);
    expect(names()).toContain('lexer');
  });

  test('is folded again after a reload', () => {
    const key = knows(history);
    let kept: unknown = null;
    const before = store();
    act(() => store().fold(['backend'], true));
    keepPlace({ keep: (what) => (kept = what) }, store(), before);
    expect([...(keptPlace({ kept: () => kept as never }, key)?.folded ?? [])]).toEqual(['backend']);
  });
});
