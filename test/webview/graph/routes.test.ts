import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { graphOf } from '../../../src/core/graph.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { layoutOf, type Layout, type Point } from '../../../src/webview/graph/layout.ts';
import { GATE_RADIUS, LANE } from '../../../src/webview/graph/measures.ts';
import { pathOf, routesOf, type Route } from '../../../src/webview/graph/routes.ts';
import { plan } from '../../support/scenario-plan.ts';

const journal = new URL('../journals/tiny-lang.jsonl', import.meta.url);
const [firstLine] = readFileSync(journal, 'utf8').split('\n');
const started = upcastEvent(JSON.parse(firstLine ?? '') as RunEvent);
if (started.type !== 'run-started') throw new Error('the journal does not begin with a run');
const example = started.plan;

const sizes = ['full', 'close', 'compact'] as const;

/** Plans of tiers and modules that need earlier ones, in tiers in no order. */
const plans = fc
  .record({
    modules: fc.array(
      fc.record({
        tier: fc.nat(4),
        needs: fc.array(fc.nat(200), { maxLength: 4 }),
        soft: fc.array(fc.nat(200), { maxLength: 2 }),
        feedback: fc.option(fc.nat(200), { freq: 3 }),
        uses: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    gates: fc.array(fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    late: fc.boolean(),
  })
  .map(({ modules, gates, late }): Plan => {
    const name = (i: number): string => `m${i}`;
    const tiers = [0, 1, 2, 3];
    return plan({
      modules: Object.fromEntries(
        modules.map(({ needs, soft, feedback, uses }, i) => [
          name(i),
          {
            needs: i === 0 ? [] : needs.map((need) => name(need % i)),
            soft: i === 0 ? [] : soft.map((need) => name(need % i)),
            feedback: i === 0 || feedback === null ? {} : { [name(feedback % i)]: 2 },
            resources: uses ? { bench: 1 } : {},
          },
        ]),
      ),
      resources: { bench: 1 },
      tiers: Object.fromEntries(
        tiers.map((tier) => [
          `t${tier}`,
          {
            // The fifth tier is none at all.
            modules: modules.flatMap((module, i) => (module.tier === tier ? [name(i)] : [])),
            includes: late && tier > 0 ? [`t${tier - 1}`] : [],
          },
        ]),
      ),
      gates: Object.fromEntries(
        gates.map((requires, i) => [
          `g${i}`,
          {
            requires: requires.map((on) =>
              on % 2 === 0 ? name(on % modules.length) : `tier:t${on % 4}`,
            ),
          },
        ]),
      ),
    });
  });

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxes({ modules, measures }: Layout): Box[] {
  return modules.map(({ x, y }) => ({
    ...{ left: x, right: x + measures.cardWidth, top: y, bottom: y + measures.cardHeight },
  }));
}

function segments({ points }: Route): (readonly [Point, Point])[] {
  return points.slice(1).map((to, i) => [points[i]!, to] as const);
}

const crosses = ([a, b]: readonly [Point, Point], box: Box): boolean =>
  Math.max(a.x, b.x) > box.left &&
  Math.min(a.x, b.x) < box.right &&
  Math.max(a.y, b.y) > box.top &&
  Math.min(a.y, b.y) < box.bottom;

/** Whether a point lies on the outline of what a route should touch. */
function touches(layout: Layout, node: number, { x, y }: Point): boolean {
  const gate = layout.gates.get(node);
  if (gate !== undefined) return Math.abs(x - gate.x) + Math.abs(y - gate.y) === GATE_RADIUS;
  const box = boxes(layout)[node];
  if (box === undefined) return false;
  const onSide = (x === box.left || x === box.right) && y > box.top && y < box.bottom;
  const onEdge = (y === box.top || y === box.bottom) && x > box.left && x < box.right;
  return onSide || onEdge;
}

describe('edges run in the joints between stones', () => {
  test.each(sizes)('no edge crosses a stone, and each joins its two ends (%s)', (size) => {
    fc.assert(
      fc.property(plans, (random) => {
        const layout = layoutOf(random, graphOf(random), size);
        const stones = boxes(layout);
        for (const route of routesOf(layout)) {
          for (const segment of segments(route)) {
            const [a, b] = segment;
            expect(a.x === b.x || a.y === b.y, `${route.id} is not upright`).toBe(true);
            for (const stone of stones) expect(crosses(segment, stone), route.id).toBe(false);
          }
          expect(touches(layout, route.from, route.points[0]!), route.id).toBe(true);
          expect(touches(layout, route.to, route.points.at(-1)!), route.id).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('what is soft, given both ways or shared has an edge of its own kind', () => {
    fc.assert(
      fc.property(plans, (random) => {
        const graph = graphOf(random);
        const layout = layoutOf(random, graph, 'full');
        const routes = routesOf(layout);
        const ids = routes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        graph.soft.slice(0, graph.modules).forEach((on, to) => {
          for (const from of on) expect(ids).toContain(`${from}>${to} soft`);
        });
        const both = routes.filter(({ edge }) => edge === 'feedback');
        expect(both).toHaveLength(graph.feedback.length);
        const users = random.modules.filter(({ resources }) => resources.length > 0).length;
        const shared = routes.filter(({ edge }) => edge === 'resource');
        expect(shared).toHaveLength(Math.max(0, users - 1));
      }),
      { numRuns: 100 },
    );
  });

  test('every dependency between modules has its edge', () => {
    fc.assert(
      fc.property(plans, (random) => {
        const graph = graphOf(random);
        const ids = new Set(routesOf(layoutOf(random, graph, 'full')).map(({ id }) => id));
        graph.needs.slice(0, graph.modules).forEach((needs, node) => {
          for (const need of needs) expect(ids).toContain(`${need}>${node}`);
        });
      }),
      { numRuns: 50 },
    );
  });

  test.each(sizes)(
    'edges of different modules never lie upon each other: the example (%s)',
    (size) => {
      const layout = layoutOf(example, graphOf(example), size);
      const routes = routesOf(layout);
      for (const a of routes) {
        for (const b of routes) {
          // Branches of one source share their trunk; what leads to one gate meets at its tip.
          if (a.from === b.from || a.to === b.to) continue;
          for (const one of segments(a)) {
            for (const other of segments(b)) {
              expect(runTogether(one, other), `${a.id} and ${b.id}`).toBe(false);
            }
          }
        }
      }
    },
  );

  test('what leads straight on has no corner', () => {
    const chain = plan({
      modules: { a: {}, b: { needs: ['a'] } },
      tiers: { t: { modules: ['a', 'b'] } },
    });
    const routes = routesOf(layoutOf(chain, graphOf(chain), 'full'));
    expect(routes.find(({ id }) => id === '0>1')?.points).toHaveLength(2);
  });
});

/** Parallel, less than a lane apart, and beside each other for a while. */
function runTogether(a: readonly [Point, Point], b: readonly [Point, Point]): boolean {
  for (const [along, across] of [
    ['x', 'y'],
    ['y', 'x'],
  ] as const) {
    const flat = ([from, to]: readonly [Point, Point]) => from[across] === to[across];
    if (!flat(a) || !flat(b)) continue;
    const overlap =
      Math.min(Math.max(a[0][along], a[1][along]), Math.max(b[0][along], b[1][along])) -
      Math.max(Math.min(a[0][along], a[1][along]), Math.min(b[0][along], b[1][along]));
    if (overlap > 1 && Math.abs(a[0][across] - b[0][across]) < LANE) return true;
  }
  return false;
}

describe('the path of an edge', () => {
  test('has its corners cut round by 8, less where there is no room, and ends before its head', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 40 },
      { x: 6, y: 40 },
      { x: 6, y: 100 },
    ];
    expect(pathOf(points, 5)).toBe('M0 0L0 32Q0 40 3 40L3 40Q6 40 6 48L6 95');
  });
});
