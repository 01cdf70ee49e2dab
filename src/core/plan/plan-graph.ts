import { nodeRef, parseNodeRef, type NodeRef } from '../ids.ts';
import type { IssuePath } from './issue.ts';
import type { Plan } from './plan.ts';

/** `on` must be sealed, integrated or passed before the node that holds the edge. */
export interface PlanEdge {
  readonly on: NodeRef;
  /** Where the plan file says so. */
  readonly path: IssuePath;
}

/** Everything that is waited for, in the order of the file, with what it waits for itself. */
export type PlanGraph = ReadonlyMap<NodeRef, readonly PlanEdge[]>;

/** May hold cycles; that is what it is for. */
export function planGraph(plan: Plan): PlanGraph {
  const graph = new Map<NodeRef, PlanEdge[]>();
  for (const { id, needs } of plan.modules) {
    const edges = needs.map(({ on }, index) => ({ on, path: ['modules', id, 'needs', index] }));
    graph.set(nodeRef('module', id), edges);
  }
  for (const { id, includes, modules } of plan.tiers) {
    graph.set(nodeRef('tier', id), [
      ...includes.map((tier, index) => ({
        on: nodeRef('tier', tier),
        path: ['tiers', id, 'includes', index],
      })),
      ...modules.map((module, index) => ({
        on: nodeRef('module', module),
        path: ['tiers', id, 'modules', index],
      })),
    ]);
  }
  for (const { id, requires } of plan.gates) {
    const edges = requires.map((on, index) => ({ on, path: ['gates', id, 'requires', index] }));
    graph.set(nodeRef('gate', id), edges);
  }
  for (const { id } of plan.streams) graph.set(nodeRef('stream', id), []);
  for (const { id, stream } of plan.modules) {
    const edge = { on: nodeRef('module', id), path: ['modules', id, 'stream'] };
    graph.get(nodeRef('stream', stream))?.push(edge);
  }
  return graph;
}

/** All that the nodes wait for, directly or not, themselves included. */
export function reachable(graph: PlanGraph, from: Iterable<NodeRef>): ReadonlySet<NodeRef> {
  const seen = new Set(from);
  for (const node of seen) for (const { on } of graph.get(node) ?? []) seen.add(on);
  return seen;
}

/** For each node, those that wait for it directly. */
export function dependents(graph: PlanGraph): Map<NodeRef, NodeRef[]> {
  const found = new Map<NodeRef, NodeRef[]>([...graph.keys()].map((node) => [node, []]));
  for (const [node, edges] of graph) for (const { on } of edges) found.get(on)?.push(node);
  return found;
}

/** As plans write it: a module by its bare name. */
export function refText(ref: NodeRef): string {
  const { kind, id } = parseNodeRef(ref);
  return kind === 'module' ? id : ref;
}
