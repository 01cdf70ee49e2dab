import { gateId, moduleId, nodeRef, parseNodeRef, tierId, type NodeRef } from '../ids.ts';
import { planGraph, reachable, type PlanGraph } from '../plan/plan-graph.ts';
import type { CheckPlan, Plan } from '../plan/plan.ts';

/** What a node of a plan waits for, found from the plan alone, without the graph of the state. */
export interface Reach {
  readonly needs: readonly NodeRef[];
  /** All modules that it stands on, directly or not. */
  readonly below: readonly NodeRef[];
  /** The modules that it needs without another module in between. */
  readonly direct: readonly NodeRef[];
  readonly checks: readonly CheckPlan[];
  readonly approval: boolean;
}

export function reachOf(plan: Plan): ReadonlyMap<NodeRef, Reach> {
  const graph = planGraph(plan);
  const checks = new Map<NodeRef, readonly CheckPlan[]>();
  const approvals = new Set<NodeRef>();
  for (const module of plan.modules) checks.set(nodeRef('module', module.id), module.checks);
  for (const tier of plan.tiers) checks.set(nodeRef('tier', tier.id), tier.checks);
  for (const gate of plan.gates) {
    if (gate.kind === 'approval') approvals.add(nodeRef('gate', gate.id));
    else checks.set(nodeRef('gate', gate.id), gate.checks);
  }
  const reach = new Map<NodeRef, Reach>();
  for (const [ref, edges] of graph) {
    const needs = edges.map(({ on }) => on);
    const below = [...reachable(graph, needs)].filter((each) => each.startsWith('module:'));
    const direct = directModules(graph, ref);
    const approval = approvals.has(ref);
    reach.set(ref, { needs, below, direct, checks: checks.get(ref) ?? [], approval });
  }
  return reach;
}

function directModules(graph: PlanGraph, from: NodeRef): NodeRef[] {
  const found = new Set<NodeRef>();
  const open = [from];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    for (const { on } of graph.get(ref) ?? []) {
      if (found.has(on) || on === from) continue;
      found.add(on);
      if (!on.startsWith('module:')) open.push(on);
    }
  }
  return [...found].filter((ref) => ref.startsWith('module:'));
}

export const moduleOf = (ref: NodeRef) => moduleId(parseNodeRef(ref).id);
export const tierOf = (ref: NodeRef) => tierId(parseNodeRef(ref).id);
export const gateOf = (ref: NodeRef) => gateId(parseNodeRef(ref).id);
