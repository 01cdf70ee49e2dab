import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclicComponents } from '../../../src/core/plan/components.ts';

const components = (edges: Readonly<Record<string, readonly string[]>>) =>
  cyclicComponents(Object.keys(edges), (node) => edges[node] ?? []).map((each) => each.toSorted());

describe('sets that wait for each other', () => {
  it('are not found where there is no cycle', () => {
    expect(components({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
  });

  it('are found each for itself', () => {
    const found = components({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['e'], e: ['c'], f: ['f'] });
    expect(found.toSorted()).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f']]);
  });

  it('may be long', () => {
    const nodes = Array.from({ length: 50_000 }, (_, index) => index);
    const [found] = cyclicComponents(nodes, (node) => [(node + 1) % nodes.length]);
    expect(found).toHaveLength(nodes.length);
  });

  it('hold exactly the nodes that reach themselves', () => {
    const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graph, (edges) => {
        const reach = (from: number): Set<number> => {
          const seen = new Set(edges[from]);
          for (const node of seen) for (const next of edges[node] ?? []) seen.add(next);
          return seen;
        };
        const expected = edges.flatMap((_, node) => (reach(node).has(node) ? [node] : []));
        const found = cyclicComponents(edges.keys(), (node) => edges[node] ?? []);
        expect(found.flat().toSorted((a, b) => a - b)).toEqual(expected);
        for (const component of found) {
          const [first = -1] = component;
          const together = expected.filter(
            (n) => n === first || (reach(first).has(n) && reach(n).has(first)),
          );
          expect(component.toSorted((a, b) => a - b)).toEqual(together);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
