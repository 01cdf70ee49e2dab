// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { looksOf } from '../../../src/webview/graph/Edges.tsx';
import { joinsOf } from '../../../src/webview/graph/joins.ts';
import { layoutOf } from '../../../src/webview/graph/layout.ts';
import { routesOf } from '../../../src/webview/graph/routes.ts';
import { board } from '../../../src/webview/store.ts';
import { knows } from '../page.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

const at = (seq: number): ReturnType<typeof board.store.getState> => {
  knows(recorded.slice(0, seq));
  return board.store.getState();
};

test('lines are looked through once for each state, and stay the same list until one looks otherwise', () => {
  const sealedAt = recorded.findIndex(({ type }) => type === 'module-sealed') + 1;
  expect(sealedAt).toBeGreaterThan(2);
  const before = at(sealedAt - 1);
  const { plan, graph } = before.chronicle!.state;
  const layout = layoutOf(plan, graph, 'full', new Set());
  const routes = routesOf(layout);
  const joins = joinsOf(graph, layout.grid, routes);
  const through = vi.spyOn(joins, 'map');
  const looks = looksOf(joins, routes);

  const first = looks(before);
  expect(first).toHaveLength(routes.length);
  expect(looks(before)).toBe(first);
  expect(looks({ ...before, view: 'table' })).toBe(first);
  expect(through).toHaveBeenCalledTimes(1);

  expect(looks({ ...before, traces: { critical: false, blockers: false } })).not.toBe(first);
  const again = looks(before);
  expect(again).toEqual(first);

  const quiet = recorded.findIndex(({ type }, i) => i > 20 && type === 'progress-reported');
  expect(quiet).toBeGreaterThan(0);
  const spoke = looks(at(quiet));
  through.mockClear();
  expect(looks(at(quiet + 1))).toBe(spoke);
  expect(through).toHaveBeenCalledTimes(1);

  expect(looks(at(sealedAt))).not.toEqual(first);
});
