import type { NodeRef } from '../ids.ts';
import { cyclicComponents } from '../plan/components.ts';
import { planGraph, planGraphWithSoft, type PlanGraph } from '../plan/plan-graph.ts';
import type { Plan } from '../plan/plan.ts';

/** What a plan's parts wait for, by number: modules first, in the order of the plan. */
export interface PlanNodes {
  readonly modules: number;
  /** What each waits for before it starts. */
  readonly needs: readonly (readonly number[])[];
  /** What each is only confirmed against before it is sealed. */
  readonly soft: readonly (readonly number[])[];
  /** Nodes of one set, if not -1, are sealed together. */
  readonly setOf: readonly number[];
}

/** Also of a plan that no run could be opened on, as long as nothing waits for itself to start. */
export function planNodes(plan: Plan): PlanNodes {
  const hard = planGraph(plan);
  const numbers = new Map([...hard.keys()].map((ref, node) => [ref, node]));
  const needs = numbered(hard, numbers);
  const soft = numbered(planGraphWithSoft(plan), numbers).map((on, node) =>
    on.filter((each) => needs[node]?.includes(each) === false),
  );
  const setOf = needs.map(() => -1);
  const both = (node: number): number[] => [...(needs[node] ?? []), ...(soft[node] ?? [])];
  cyclicComponents(needs.keys(), both).forEach((members, set) => {
    for (const member of members) setOf[member] = set;
  });
  return { modules: plan.modules.length, needs, soft, setOf };
}

function numbered(graph: PlanGraph, numbers: ReadonlyMap<NodeRef, number>): number[][] {
  return [...graph.values()].map((edges) => [
    ...new Set(edges.flatMap(({ on }) => numbers.get(on) ?? [])),
  ]);
}
