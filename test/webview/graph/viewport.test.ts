// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../src/core/graph.ts';
import { layoutOf } from '../../../src/webview/graph/layout.ts';
import { fitted } from '../../../src/webview/graph/viewport.ts';
import { plan } from '../../support/scenario-plan.ts';

function layouts(modules: number) {
  const names = Array.from({ length: modules }, (_, i) => `m${i}`);
  const of = plan({
    modules: Object.fromEntries(names.map((name) => [name, {}])),
    tiers: { one: { modules: names } },
  });
  const graph = graphOf(of);
  return {
    full: layoutOf(of, graph, 'full'),
    close: layoutOf(of, graph, 'close'),
    compact: layoutOf(of, graph, 'compact'),
  };
}

describe('the graph is fitted', () => {
  test('in full where that can be read, never larger than it is drawn', () => {
    const { size, viewport } = fitted(layouts(2), { width: 3000, height: 2000 });
    expect([size, viewport.zoom]).toEqual(['full', 1]);
  });

  test('in small cards where full ones could not be read', () => {
    const of = layouts(4);
    const { size, viewport } = fitted(of, { width: of.full.width * 0.8, height: 2000 });
    expect(size).toBe('compact');
    expect(of.compact.width * viewport.zoom).toBeLessThanOrEqual(of.full.width * 0.8);
  });

  test('in narrower joints before anything is left off a card', () => {
    const of = layouts(8);
    // An editor beside its side bar: not high enough for wide joints.
    const area = { width: 3000, height: of.full.height * 0.82 };
    const { size, viewport } = fitted(of, area);
    expect(size).toBe('close');
    expect(viewport.zoom).toBeGreaterThanOrEqual(0.85);
    expect(of.close.height * viewport.zoom).toBeLessThanOrEqual(area.height);
  });

  test('no smaller than small cards can be read: the rest is scrolled to', () => {
    const { viewport } = fitted(layouts(400), { width: 800, height: 600 });
    expect(viewport).toMatchObject({ zoom: 0.74, y: 0 });
  });
});
