import type { Graph } from '../graph.ts';

/** By run (its graph stays the same object) and node: what was given last. */
export type LastByNode<T> = WeakMap<Graph, T[]>;

/** What was given last where it is the same as what was made now, so that it keeps its identity. */
export function kept<T>(
  last: LastByNode<T>,
  graph: Graph,
  node: number,
  made: T,
  isSame: (a: T, b: T) => boolean,
): T {
  let known = last.get(graph);
  if (known === undefined) last.set(graph, (known = []));
  const before = known[node];
  if (before !== undefined && isSame(before, made)) return before;
  known[node] = made;
  return made;
}
