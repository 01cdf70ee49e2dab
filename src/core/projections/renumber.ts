import { Vector } from '../collections/vector.ts';
import type { RunState } from '../state.ts';

/**
 * What is kept by node, in the order of a plan in which a module was split: modules, tiers and gates
 * keep what they have by their names, parts begin with `fresh`.
 */
export function renumbered<T>(
  kept: Vector<T>,
  before: RunState,
  after: RunState,
  fresh: (node: number) => T,
): Vector<T> {
  const places = new Map(before.graph.refs.map((ref, node) => [ref, node]));
  const modulesOnly = kept.length === before.graph.modules;
  const nodes = after.graph.refs.slice(
    0,
    modulesOnly ? after.graph.modules : after.graph.streamBase,
  );
  return Vector.from(
    nodes.map((ref, node) => {
      const place = places.get(ref);
      return place === undefined ? fresh(node) : kept.get(place);
    }),
  );
}
