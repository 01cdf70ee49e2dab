import { parseNodeRef, type NodeRef } from '../ids.ts';
import { dependents, planGraph, type PlanGraph } from './plan-graph.ts';
import type { Plan } from './plan.ts';

/** A hard dependency of one module on another. */
export interface ModuleEdge {
  /** By the plan's order. */
  readonly consumer: number;
  readonly provider: number;
  /** Which of the consumer's needs. */
  readonly need: number;
  /** Minutes by which the longest path over it is shorter than the longest of all. */
  readonly slack: number;
}

/** The hard dependencies between modules, those on the longest path first. The plan has no cycle. */
export function edgesBySlack(plan: Plan): ModuleEdge[] {
  const graph = planGraph(plan);
  const index = new Map(plan.modules.map(({ id }, at) => [`module:${id}`, at]));
  const minutesOf = (node: NodeRef): number => {
    const estimate = plan.modules[index.get(node) ?? -1]?.estimate;
    return estimate === undefined ? 0 : estimate.minutes + estimate.review;
  };
  const upTo = longestPaths(graph, minutesOf);
  const longest = [...upTo.values()].reduce((most, { after }) => Math.max(most, after), 0);
  const edges = plan.modules.flatMap(({ id, needs }, consumer) =>
    needs.flatMap(({ kind, on }, need): ModuleEdge[] => {
      if (kind !== 'hard' || parseNodeRef(on).kind !== 'module') return [];
      const provider = index.get(on);
      if (provider === undefined) return [];
      const over = (upTo.get(on)?.before ?? 0) + (upTo.get(`module:${id}` as NodeRef)?.after ?? 0);
      return [{ consumer, provider, need, slack: longest - over }];
    }),
  );
  return edges.sort((a, b) => a.slack - b.slack || a.consumer - b.consumer || a.need - b.need);
}

interface Paths {
  /** The longest path that ends with the node, its own time included. */
  readonly before: number;
  /** The longest path that begins with it. */
  readonly after: number;
}

function longestPaths(
  graph: PlanGraph,
  minutesOf: (node: NodeRef) => number,
): ReadonlyMap<NodeRef, Paths> {
  const waiting = dependents(graph);
  const open = new Map([...graph].map(([node, edges]) => [node, edges.length]));
  const order = [...graph.keys()].filter((node) => open.get(node) === 0);
  // The list grows while it is walked.
  for (const node of order) {
    for (const next of waiting.get(node) ?? []) {
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  const longest = (nodes: readonly NodeRef[], found: ReadonlyMap<NodeRef, number>): number =>
    nodes.reduce((most, node) => Math.max(most, found.get(node) ?? 0), 0);
  const before = new Map<NodeRef, number>();
  for (const node of order) {
    const needs = (graph.get(node) ?? []).map(({ on }) => on);
    before.set(node, longest(needs, before) + minutesOf(node));
  }
  const after = new Map<NodeRef, number>();
  for (const node of order.toReversed()) {
    after.set(node, longest(waiting.get(node) ?? [], after) + minutesOf(node));
  }
  return new Map(
    order.map((node) => [node, { before: before.get(node) ?? 0, after: after.get(node) ?? 0 }]),
  );
}
