import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../src/core/graph.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { gridOf } from '../../../src/webview/graph/grid.ts';
import { layoutOf } from '../../../src/webview/graph/layout.ts';
import { routesOf } from '../../../src/webview/graph/routes.ts';
import { slots } from '../../../src/webview/graph/slots.ts';
import { plan } from '../../support/scenario-plan.ts';

const gridFor = (of: Plan) => gridOf(of, graphOf(of));

function cellsOf(of: Plan): Record<string, readonly [number, number]> {
  const { cells } = gridFor(of);
  return Object.fromEntries(
    of.modules.map(({ id }, node) => [id, [cells[node]?.row ?? -1, cells[node]?.column ?? -1]]),
  );
}

describe('a plan is laid in courses', () => {
  test('tiers stand under each other in the order of the plan, modules in no tier come last', () => {
    const cells = cellsOf(
      plan({
        modules: { loose: {}, a: {}, b: {}, c: {} },
        tiers: { first: { modules: ['b'] }, second: { modules: ['a', 'c'] } },
      }),
    );
    expect(cells.b?.[0]).toBe(0);
    expect(cells.a?.[0]).toBe(1);
    expect(cells.c?.[0]).toBe(1);
    expect(cells.loose?.[0]).toBe(2);
  });

  test('in a tier a module stands right of what it needs there', () => {
    const cells = cellsOf(
      plan({
        modules: { c: { needs: ['b'] }, b: { needs: ['a'] }, a: {} },
        tiers: { one: { modules: ['c', 'b', 'a'] } },
      }),
    );
    expect(cells).toEqual({ a: [0, 0], b: [0, 1], c: [0, 2] });
  });

  test('no two modules stand in one place, also where a chain is longer than the wall is wide', () => {
    const names = Array.from({ length: 30 }, (_, i) => `m${i}`);
    const chain = plan({
      modules: Object.fromEntries(
        names.map((id, i) => [id, { needs: i === 0 ? [] : [`m${i - 1}`] }]),
      ),
      tiers: { one: { modules: names } },
    });
    const { cells, columns } = gridFor(chain);
    expect(new Set(cells.map(({ row, column }) => `${row}/${column}`)).size).toBe(30);
    expect(Math.max(...cells.map(({ column }) => column))).toBeLessThan(columns);
  });

  test('a module moves under what it needs rather than make its edge long', () => {
    const cells = cellsOf(
      plan({
        modules: { a: {}, b: { needs: ['a'] }, c: { needs: ['b'] }, below: { needs: ['c'] } },
        tiers: { one: { modules: ['a', 'b', 'c'] }, two: { modules: ['below'] } },
      }),
    );
    expect(cells.below).toEqual([1, 2]);
  });

  test('sizes change lengths, never columns', () => {
    const of = plan({
      modules: { a: {}, b: { needs: ['a'] }, c: {} },
      tiers: { one: { modules: ['a', 'b'] }, two: { modules: ['c'] } },
    });
    const graph = graphOf(of);
    const full = layoutOf(of, graph, 'full');
    const compact = layoutOf(of, graph, 'compact');
    const close = layoutOf(of, graph, 'close');
    expect(compact.grid.cells).toEqual(full.grid.cells);
    expect(close.modules.map(({ x }) => x)).toEqual(full.modules.map(({ x }) => x));
    expect(compact.modules[1]!.x).toBeLessThan(full.modules[1]!.x);
    expect(close.height).toBeLessThan(full.height);
    expect(compact.height).toBeLessThan(close.height);
  });

  test("a tier's gate stands beside its course, the others below what they require", () => {
    const of = plan({
      modules: { a: {}, b: {} },
      tiers: { one: { modules: ['a'] }, two: { modules: ['b'], includes: ['one'] } },
      gates: {
        ship: { requires: ['gate:accept'] },
        accept: { requires: ['tier:two'], checks: ['x'] },
      },
    });
    const graph = graphOf(of);
    const { gates, modules, measures } = layoutOf(of, graph, 'full');
    const y = (ref: string): number => gates.get(graph.refs.indexOf(ref as never))?.y ?? NaN;
    expect(y('tier:one')).toBe((modules[0]?.y ?? 0) + measures.cardHeight / 2);
    expect(y('tier:two')).toBe((modules[1]?.y ?? 0) + measures.cardHeight / 2);
    expect(y('gate:accept')).toBeGreaterThan(y('tier:two'));
    expect(y('gate:ship')).toBeGreaterThan(y('gate:accept'));
  });
});

describe('1,000 modules', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `m${i}`);
  const large = plan({
    modules: Object.fromEntries(
      names.map((id, i) => [
        id,
        { needs: [...new Set([i - 1, i - 7, i - 60])].filter((n) => n >= 0).map((n) => `m${n}`) },
      ]),
    ),
    tiers: Object.fromEntries(
      Array.from({ length: 20 }, (_, t) => [
        `t${t}`,
        { modules: names.slice(t * 50, t * 50 + 50) },
      ]),
    ),
  });
  const graph = graphOf(large);

  test('all have their places, and all their edges a way', () => {
    const layout = layoutOf(large, graph, 'full');
    expect(new Set(layout.modules.map(({ x, y }) => `${x} ${y}`)).size).toBe(1_000);
    expect(routesOf(layout).length).toBeGreaterThan(2_900);
  });
});

describe('items in a row', () => {
  test('stand where they are pulled, in their order', () => {
    expect(slots([2], 4)).toEqual([2]);
    expect(slots([0, 2], 3)).toEqual([0, 2]);
    expect(slots([2, 2], 3)).toEqual([1, 2]);
    expect(slots([null, null], 3)).toEqual([0, 1]);
    expect(slots([3, 0], 4)).toHaveLength(2);
  });
});
