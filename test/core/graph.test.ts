import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  graphOf,
  isInside,
  kindOf,
  modulesBelow,
  topologicalModules,
} from '../../src/core/graph.ts';
import { planGraphWithSoft, reachable } from '../../src/core/plan/plan-graph.ts';
import { Random } from '../sim/random.ts';
import { randomPlan } from '../support/random-plan.ts';
import { plan } from '../support/scenario-plan.ts';

const seeds = integer({ min: 1, max: 1_000_000 });
const somePlan = (seed: number) => randomPlan(new Random(seed));

describe('the graph of a plan', () => {
  it('says of each node what it needs, and of each what needs it', () => {
    assert(
      property(seeds, (seed) => {
        const { needs, dependents } = graphOf(somePlan(seed));
        const there = needs.flatMap((on, node) => on.map((need) => `${need} ${node}`));
        const back = dependents.flatMap((of, node) => of.map((each) => `${node} ${each}`));
        expect(back.sort()).toEqual(there.sort());
      }),
    );
  });

  it('finds the modules below a node as the plan alone shows them', () => {
    assert(
      property(seeds, (seed) => {
        const its = somePlan(seed);
        const graph = graphOf(its);
        const edges = planGraphWithSoft(its);
        graph.refs.forEach((ref, node) => {
          const needs = (edges.get(ref) ?? []).map(({ on }) => on);
          const below = [...reachable(edges, needs)].filter(
            (each) => each.startsWith('module:') && each !== ref,
          );
          const found = modulesBelow(graph, node).map((each) => graph.refs[each]!);
          expect(found.sort()).toEqual(below.sort());
        });
      }),
      { numRuns: 30 },
    );
  });

  it('puts each module after all that it stands on', () => {
    assert(
      property(seeds, (seed) => {
        const graph = graphOf(somePlan(seed));
        const order = topologicalModules(graph);
        expect(order).toHaveLength(graph.modules);
        const place = new Map(order.map((node, index) => [node, index]));
        for (const node of order) {
          for (const below of modulesBelow(graph, node)) {
            if (isInside(graph, node, below)) continue;
            expect(place.get(below)!).toBeLessThan(place.get(node)!);
          }
        }
      }),
    );
  });

  it('ranks modules by urgency, each before all that it stands below', () => {
    assert(
      property(seeds, (seed) => {
        const { byRank, rank, needs, modules } = graphOf(somePlan(seed));
        expect([...byRank].sort((a, b) => a - b)).toEqual([...byRank.keys()]);
        byRank.forEach((node, place) => expect(rank[node]).toBe(place));
        for (let node = 0; node < modules; node++) {
          for (const need of needs[node]!) {
            if (need < modules) expect(rank[need]!).toBeLessThan(rank[node]!);
          }
        }
      }),
    );
  });

  it('ranks modules by the longest path to the end, ties in the order of the plan', () => {
    const modules = {
      ...{ last: { needs: ['b'], minutes: 5 }, a: { minutes: 20 }, b: { minutes: 12 } },
      ...{ c: { needs: ['b'], minutes: 5 }, d: { minutes: 4 } },
    };
    const graph = graphOf(plan({ modules }));
    expect(graph.remaining).toEqual([6, 21, 19, 6, 5]);
    expect(graph.byRank.map((node) => graph.refs[node])).toEqual([
      ...['module:a', 'module:b', 'module:last', 'module:c', 'module:d'],
    ]);
  });

  it('numbers modules first, then tiers, gates and streams', () => {
    const graph = graphOf(
      plan({
        modules: { a: {}, b: {} },
        tiers: { t: { modules: ['a'] } },
        gates: { g: { requires: ['tier:t'] } },
      }),
    );
    expect(graph.refs).toEqual(['module:a', 'module:b', 'tier:t', 'gate:g', 'stream:all']);
    expect(graph.refs.map((_, node) => kindOf(graph, node))).toEqual([
      'module',
      'module',
      'tier',
      'gate',
      'stream',
    ]);
  });

  it('is none where a plan has a cycle, or names what it does not hold', () => {
    expect(() => graphOf(plan({ modules: { a: { needs: ['b'] }, b: { needs: ['a'] } } }))).toThrow(
      'cycle',
    );
    expect(() => graphOf(plan({ modules: { a: { needs: ['nobody'] } } }))).toThrow('nobody');
  });
});
