import type { Graph } from './graph.ts';

/** All modules that stand on a node, through other modules, tiers, gates and streams too. */
export function modulesAbove(graph: Graph, node: number): number[] {
  return above(graph, node, () => true);
}

/** The modules that depend on a node with no other module in between, in plan order. */
export function consumersOf(graph: Graph, node: number): number[] {
  return above(graph, node, (each) => each >= graph.modules);
}

function above(graph: Graph, node: number, goesOn: (node: number) => boolean): number[] {
  const seen = new Set<number>();
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const edges of [graph.dependents, graph.softDependents]) {
      for (const each of edges[next] ?? []) {
        if (seen.has(each)) continue;
        seen.add(each);
        if (goesOn(each)) stack.push(each);
      }
    }
  }
  seen.delete(node);
  return [...seen].filter((each) => each < graph.modules).sort((a, b) => a - b);
}
