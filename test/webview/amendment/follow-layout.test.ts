import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../src/core/graph.ts';
import { moduleId } from '../../../src/core/ids.ts';
import type { ImpactRow } from '../../../src/core/projections/impact.ts';
import { followLayout, STONE } from '../../../src/webview/amendment/follow-layout.ts';
import { plan } from '../../support/scenario-plan.ts';

const row = (name: string): ImpactRow => ({
  ...{ module: moduleId(name), from: 1, to: 1, what: 'judged-again', why: '' },
  ...{ minutes: 1, microUsd: null },
});

/** a ◄─ b, c ◄─ d; e stands on d and on a; f is reached through a tier alone. */
const graph = graphOf(
  plan({
    modules: {
      d: { needs: ['b', 'c'] },
      a: {},
      b: { needs: ['a'] },
      c: { needs: ['a'] },
      e: { needs: ['d', 'a'] },
      f: { needs: ['tier:front'] },
    },
    tiers: { front: { modules: ['a'] } },
  }),
);
const picture = () => followLayout(graph, ['a', 'd', 'b', 'c', 'e', 'f'].map(row))!;
const columns = () =>
  Object.fromEntries(
    picture().stones.map(({ row: { module }, x }) => [
      module,
      picture().stones.filter((other) => other.x < x).length,
    ]),
  );

describe('the picture of what follows', () => {
  test('begins with what changes, and each module stands right of all that it stands on', () => {
    expect(columns()).toEqual({ a: 0, b: 1, c: 1, f: 1, d: 4, e: 5 });
  });

  test('lays no stone on another', () => {
    const { stones } = picture();
    for (const one of stones) {
      for (const other of stones) {
        if (one === other) continue;
        const apart =
          Math.abs(one.x - other.x) >= STONE.width || Math.abs(one.y - other.y) >= STONE.height;
        expect(apart, `${one.row.module} on ${other.row.module}`).toBe(true);
      }
    }
  });

  test('has an edge for each dependency between what it shows', () => {
    const keys = picture().links.map(({ key }) => key);
    expect(keys.sort()).toEqual(['a b', 'a c', 'a e', 'a f', 'b d', 'c d', 'd e']);
  });

  test('leads past what is not affected to what stands on it', () => {
    const { links } = followLayout(graph, ['a', 'd'].map(row))!;
    expect(links.map(({ key }) => key)).toEqual(['a d']);
  });

  test('holds all that it draws', () => {
    const { width, height, stones } = picture();
    expect(Math.max(...stones.map(({ x }) => x + STONE.width))).toBeLessThan(width);
    expect(Math.max(...stones.map(({ y }) => y + STONE.height))).toBeLessThan(height);
  });

  test('is left to the table where there are too many', () => {
    const names = Array.from({ length: 30 }, (_, at) => `m${at}`);
    const crowd = graphOf(plan({ modules: Object.fromEntries(names.map((name) => [name, {}])) }));
    expect(followLayout(crowd, names.map(row))).toBeNull();
  });
});
