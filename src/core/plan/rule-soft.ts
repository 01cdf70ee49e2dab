import { nodeRef, parseNodeRef, type NodeRef } from '../ids.ts';
import { issue, type Issue } from './issue.ts';
import { phrase } from '../phrase.ts';
import type { PlanPlaces } from './normalise.ts';
import { needPath, planGraph, refText, type PlanGraph } from './plan-graph.ts';
import type { ModulePlan, Plan } from './plan.ts';

/** Whoever starts before what it needs is sealed has something to start on. */
export function softIssues(plan: Plan, places?: PlanPlaces): Issue[] {
  const soft = plan.modules.filter(({ needs }) => needs.some(({ kind }) => kind === 'soft'));
  if (soft.length === 0) return [];
  const bare = new Set(plan.modules.filter(hasNothing).map(({ id }) => nodeRef('module', id)));
  if (bare.size === 0) return [];
  const graph = planGraph(plan);
  const found = new Map<NodeRef, NodeRef | null>();
  return soft.flatMap(({ id, needs }) =>
    needs.flatMap(({ kind, on }, index) => {
      const without = kind === 'soft' ? firstBare(graph, bare, on, found) : null;
      if (without === null) return [];
      const message =
        without === on
          ? phrase('module {0} would start on the stub of {1}, and it has none', id, refText(on))
          : phrase(
              'module {0} would start on the stub of {1}, and {2} has none',
              ...[id, refText(on), refText(without)],
            );
      return [issue('soft-without-stub', needPath(id, index, places), message)];
    }),
  );
}

/** Code without a stub is refused for itself. */
const hasNothing = ({ kind, contract }: ModulePlan): boolean =>
  kind === 'document' && contract.author === 'plan' && contract.stub.length === 0;

/** The first module without a stub that a node stands for: itself, or what is in a tier, gate or stream. */
function firstBare(
  graph: PlanGraph,
  bare: ReadonlySet<NodeRef>,
  node: NodeRef,
  found: Map<NodeRef, NodeRef | null>,
): NodeRef | null {
  if (parseNodeRef(node).kind === 'module') return bare.has(node) ? node : null;
  const known = found.get(node);
  if (known !== undefined) return known;
  // Also what keeps a circle of tiers, which is refused elsewhere, from being walked for ever.
  found.set(node, null);
  for (const { on } of graph.get(node) ?? []) {
    const inside = firstBare(graph, bare, on, found);
    if (inside === null) continue;
    found.set(node, inside);
    return inside;
  }
  return null;
}
