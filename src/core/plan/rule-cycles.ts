import { parseNodeRef, type NodeRef } from '../ids.ts';
import { cyclicComponents } from './components.ts';
import { issue, type Issue } from './issue.ts';
import { phrase, type Phrase } from '../phrase.ts';
import type { PlanPlaces } from './normalise.ts';
import {
  planGraph,
  planGraphWithSets,
  refText,
  type PlanEdge,
  type PlanGraph,
} from './plan-graph.ts';
import type { Plan } from './plan.ts';

/**
 * One issue for each set of things of which none can start first, with a shortest way round. Modules
 * may depend on each other through soft and feedback edges, but not through what is composed of them:
 * a tier, stream or gate waits for seals, and they would wait for it.
 */
export function cycleIssues(plan: Plan, places?: PlanPlaces): Issue[] {
  const hard = planGraph(plan, places);
  const found = roundTrips(
    hard,
    () => true,
    (way) => phrase('a cycle of hard dependencies: {0}', way),
  );
  if (found.length > 0) return found;
  const composed = (ref: NodeRef): boolean => parseNodeRef(ref).kind !== 'module';
  const sets = planGraphWithSets(plan, places);
  return roundTrips(
    sets,
    (component) => component.some(composed),
    (way) => phrase('a cycle through what waits for seals; name the modules instead: {0}', way),
  );
}

function roundTrips(
  graph: PlanGraph,
  counts: (component: readonly NodeRef[]) => boolean,
  message: (way: string) => Phrase,
): Issue[] {
  const order = new Map([...graph.keys()].map((node, index) => [node, index]));
  const place = (node: NodeRef): number => order.get(node) ?? 0;
  const next = (node: NodeRef): NodeRef[] => (graph.get(node) ?? []).map(({ on }) => on);
  return cyclicComponents(graph.keys(), next)
    .filter(counts)
    .flatMap((component) => {
      // Modules come first in the graph, so a cycle is told from a module where it holds one.
      const [start] = component.toSorted((a, b) => place(a) - place(b));
      const cycle = start === undefined ? [] : wayRound(graph, start);
      const [first] = cycle;
      if (start === undefined || first === undefined) return [];
      const shown = [start, ...cycle.map(({ on }) => on)].map(refText).join(' → ');
      return [issue('dependency-cycle', first.path, message(shown))];
    });
}

/** Breadth first, so that the edges it answers with are as few as can be. */
function wayRound(graph: PlanGraph, start: NodeRef): PlanEdge[] {
  const reachedBy = new Map<NodeRef, { readonly from: NodeRef; readonly edge: PlanEdge }>();
  const queue = [start];
  for (const node of queue) {
    for (const edge of graph.get(node) ?? []) {
      if (reachedBy.has(edge.on)) continue;
      reachedBy.set(edge.on, { from: node, edge });
      if (edge.on === start) return unwind(reachedBy, start);
      queue.push(edge.on);
    }
  }
  return [];
}

function unwind(
  reachedBy: ReadonlyMap<NodeRef, { readonly from: NodeRef; readonly edge: PlanEdge }>,
  start: NodeRef,
): PlanEdge[] {
  const edges: PlanEdge[] = [];
  for (let at: NodeRef | null = start; at !== null;) {
    const step = reachedBy.get(at);
    if (step === undefined) return edges;
    edges.unshift(step.edge);
    at = step.from === start ? null : step.from;
  }
  return edges;
}
