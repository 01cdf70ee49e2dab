import { nodeRef, parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import type { IssuePath } from './issue.ts';
import type { PlanPlaces } from './normalise.ts';
import type { Plan } from './plan.ts';

/**
 * `on` must be sealed, integrated or passed before the node that holds the edge: before it starts,
 * or where the edge is soft, before it is sealed.
 */
export interface PlanEdge {
  readonly kind: 'hard' | 'soft';
  readonly on: NodeRef;
  /** Where the plan file says so. */
  readonly path: IssuePath;
}

/** Everything that is waited for, in the order of the file, with what it waits for itself. */
export type PlanGraph = ReadonlyMap<NodeRef, readonly PlanEdge[]>;

/**
 * What each waits for before it starts: hard edges alone. May hold cycles; that is what it is for.
 */
export function planGraph(plan: Plan, places?: PlanPlaces): PlanGraph {
  return graphWith(['hard'], plan, places);
}

/** With soft edges too: what each waits for before it is done for good. Feedback is no edge. */
export function planGraphWithSoft(plan: Plan, places?: PlanPlaces): PlanGraph {
  return graphWith(['hard', 'soft'], plan, places);
}

/** With feedback as well, both ways: all that is confirmed and sealed together goes round in it. */
export function planGraphWithSets(plan: Plan, places?: PlanPlaces): PlanGraph {
  const graph = new Map(planGraphWithSoft(plan, places));
  const add = (from: NodeRef, on: NodeRef, path: IssuePath): void => {
    graph.set(from, [...(graph.get(from) ?? []), { kind: 'soft', on, path }]);
  };
  for (const { id, needs } of plan.modules) {
    needs.forEach(({ kind, on }, index) => {
      if (kind !== 'feedback') return;
      add(nodeRef('module', id), on, needPath(id, index, places));
      add(on, nodeRef('module', id), needPath(id, index, places));
    });
  }
  return graph;
}

function graphWith(
  kinds: readonly PlanEdge['kind'][],
  plan: Plan,
  places: PlanPlaces | undefined,
): PlanGraph {
  const graph = new Map<NodeRef, PlanEdge[]>();
  for (const { id, needs } of plan.modules) {
    const edges = needs.flatMap(({ kind, on }, index) => {
      if (kind === 'feedback' || !kinds.includes(kind)) return [];
      return [{ kind, on, path: needPath(id, index, places) }];
    });
    graph.set(nodeRef('module', id), edges);
  }
  for (const { id, includes, modules } of plan.tiers) {
    graph.set(nodeRef('tier', id), [
      ...includes.map((tier, index) => ({
        kind: 'hard' as const,
        on: nodeRef('tier', tier),
        path: ['tiers', id, 'includes', index],
      })),
      ...modules.map((module, index) => ({
        kind: 'hard' as const,
        on: nodeRef('module', module),
        path: ['tiers', id, 'modules', index],
      })),
    ]);
  }
  for (const { id, requires } of plan.gates) {
    const edges = requires.map((on, index) => ({
      kind: 'hard' as const,
      on,
      path: ['gates', id, 'requires', index],
    }));
    graph.set(nodeRef('gate', id), edges);
  }
  for (const { id } of plan.streams) graph.set(nodeRef('stream', id), []);
  for (const { id, stream } of plan.modules) {
    const on = nodeRef('module', id);
    const edge = { kind: 'hard' as const, on, path: ['modules', id, 'stream'] };
    graph.get(nodeRef('stream', stream))?.push(edge);
  }
  return graph;
}

/** Where the file says what a module needs. */
export function needPath(id: ModuleId, index: number, places: PlanPlaces | undefined): IssuePath {
  return ['modules', id, 'needs', ...(places?.needs.get(id)?.[index] ?? [index])];
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
