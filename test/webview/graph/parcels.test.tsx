// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { graphOf } from '../../../src/core/graph.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { Graph } from '../../../src/webview/graph/Graph.tsx';
import { layoutOf } from '../../../src/webview/graph/layout.ts';
import { Lines, MOST_PARCELS, parcelsOf, stations } from '../../../src/webview/graph/parcels.ts';
import { routesOf } from '../../../src/webview/graph/routes.ts';
import { board } from '../../../src/webview/store.ts';
import { plan } from '../../support/scenario-plan.ts';
import { knows } from '../page.ts';
import { FlowPage } from './flow-page.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

const stillAsked = vi.fn(() => false);
Object.assign(globalThis, { matchMedia: () => ({ matches: stillAsked() }) });
const animate = vi.fn((_frames: Keyframe[]) => ({ cancel: () => undefined }));
Object.assign(HTMLElement.prototype, { animate });

const soft = plan({
  modules: { lexer: {}, parser: { soft: ['lexer'] }, vm: { needs: ['lexer'] } },
});
const graph = graphOf(soft);
const layout = layoutOf(soft, graph, 'full');
const lines = new Lines(layout.grid, routesOf(layout));
const delivered = (items: readonly string[], partial = false): RunEvent => ({
  ...{ type: 'handoff-delivered', seq: 9, at: 0, handoff: 3, note: '', tree: null },
  ...{ from: moduleId('lexer'), to: moduleId('parser'), items, partial },
});
const sealed = (module: string): RunEvent =>
  ({ type: 'module-sealed', seq: 9, at: 0, module: moduleId(module) }) as RunEvent;

describe('what travels', () => {
  test('is a handoff along the edge between its modules, and a seal to all that waited for it', () => {
    const under = new Set<string>();
    const [kinds] = parcelsOf([delivered(['token kinds'], true)], graph, lines, under);
    expect(kinds).toMatchObject({ id: '0>1 soft', label: 'token kinds', partial: true });
    expect(parcelsOf([sealed('lexer')], graph, lines, under)).toMatchObject([
      { id: '0>2', label: '' },
    ]);
  });

  test('is one at a time per edge, and never more than can be followed', () => {
    const thousand = Array.from({ length: 1_000 }, (_, i) => delivered([`part ${i}`]));
    expect(parcelsOf(thousand, graph, lines, new Set())).toHaveLength(1);
    expect(parcelsOf(thousand, graph, lines, new Set(['0>1 soft']))).toEqual([]);
    const many = new Set(Array.from({ length: MOST_PARCELS }, (_, i) => `${i}`));
    expect(parcelsOf(thousand, graph, lines, many)).toEqual([]);
  });

  test('goes at an even pace round its corners', () => {
    const way = [
      { x: 0, y: 0 },
      { x: 0, y: 30 },
      { x: 10, y: 30 },
    ];
    expect(stations(way).map(({ offset }) => offset)).toEqual([0, 0.75, 1]);
  });
});

describe('on the board', () => {
  let page: FlowPage;
  beforeEach(() => {
    vi.useFakeTimers();
    animate.mockClear();
    stillAsked.mockReturnValue(false);
    page = new FlowPage();
  });
  afterEach(() => {
    page.close();
    vi.useRealTimers();
  });
  const store = () => board.store.getState();
  // The lexer's seal, for which parser and others wait.
  const seal = recorded.findIndex(({ type }) => type === 'module-sealed') + 1;

  async function playedPast(moment: number): Promise<void> {
    knows(recorded);
    act(() => store().goTo(moment - 1));
    await page.show(<Graph />);
    await act(async () => vi.dynamicImportSettled());
    expect(page.all('.parcel')).toEqual([]);
    await act(async () => store().goTo(moment, true));
  }

  test('travels while it is played, and has gone when it is there', async () => {
    await playedPast(seal);
    expect(page.all('.parcel').length).toBeGreaterThan(0);
    expect(animate.mock.calls[0]![0].at(-1)).toMatchObject({ offset: 1 });
    await act(async () => vi.advanceTimersByTime(3_300));
    expect(page.all('.parcel')).toEqual([]);
  });

  test('does not where a person only looks at another moment', async () => {
    knows(recorded);
    act(() => store().goTo(seal - 1));
    await page.show(<Graph />);
    await act(async () => vi.dynamicImportSettled());
    await act(async () => store().goTo(seal));
    expect(page.all('.parcel')).toEqual([]);
  });

  test('rests on its edge where nothing is to move', async () => {
    stillAsked.mockReturnValue(true);
    await playedPast(seal);
    expect(page.all('.parcel').length).toBeGreaterThan(0);
    expect(animate).not.toHaveBeenCalled();
  });

  test('costs nothing while the page is hidden', async () => {
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await playedPast(seal);
    hidden.mockRestore();
    expect(page.all('.parcel')).toEqual([]);
  });
});
