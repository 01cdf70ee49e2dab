import { gateId, moduleId, nodeRef, parseNodeRef, tierId, type NodeRef } from '../ids.ts';
import type { CheckPlan, Dependency, Plan } from '../plan/plan.ts';

/** What a node of a plan waits for, found from the plan alone, without the graph of the state. */
export interface Reach {
  /** What must stand before it starts. */
  readonly needs: readonly NodeRef[];
  /** What it is only confirmed against before it is sealed. */
  readonly soft: readonly NodeRef[];
  /** All other modules that it stands on, directly or not. */
  readonly below: readonly NodeRef[];
  /** The modules that it needs without another module in between. */
  readonly direct: readonly NodeRef[];
  /** The modules that are sealed with it, itself included. */
  readonly set: ReadonlySet<NodeRef>;
  readonly checks: readonly CheckPlan[];
  readonly approval: boolean;
}

type Edges = ReadonlyMap<NodeRef, readonly NodeRef[]>;

export function reachOf(plan: Plan): ReadonlyMap<NodeRef, Reach> {
  const checks = new Map<NodeRef, readonly CheckPlan[]>();
  const approvals = new Set<NodeRef>();
  for (const module of plan.modules) checks.set(nodeRef('module', module.id), module.checks);
  for (const tier of plan.tiers) checks.set(nodeRef('tier', tier.id), tier.checks);
  for (const gate of plan.gates) {
    if (gate.kind === 'approval') approvals.add(nodeRef('gate', gate.id));
    else checks.set(nodeRef('gate', gate.id), gate.checks);
  }
  const hard = needsOf(plan);
  const soft = edgesOf(plan, 'soft');
  const on = joined(hard, soft);
  const both = joined(on, mutual(edgesOf(plan, 'feedback')));
  const ahead = new Map([...both.keys()].map((ref) => [ref, reachable(both, ref)]));
  const reach = new Map<NodeRef, Reach>();
  for (const [ref, needs] of hard) {
    const below = [...reachable(on, ref)].filter((each) => isModule(each) && each !== ref);
    const set = [...(ahead.get(ref) ?? [])].filter((each) => ahead.get(each)?.has(ref) === true);
    reach.set(ref, {
      needs,
      soft: soft.get(ref) ?? [],
      below,
      direct: directModules(on, ref),
      set: new Set([ref, ...set]),
      checks: checks.get(ref) ?? [],
      approval: approvals.has(ref),
    });
  }
  return reach;
}

const isModule = (ref: NodeRef): boolean => ref.startsWith('module:');

function needsOf(plan: Plan): Edges {
  const edges = new Map<NodeRef, NodeRef[]>(edgesOf(plan, 'hard'));
  for (const { id, includes, modules } of plan.tiers) {
    const on = [
      ...includes.map((tier) => nodeRef('tier', tier)),
      ...modules.map((module) => nodeRef('module', module)),
    ];
    edges.set(nodeRef('tier', id), on);
  }
  for (const { id, requires } of plan.gates) edges.set(nodeRef('gate', id), [...requires]);
  for (const { id } of plan.streams) {
    const its = plan.modules.filter(({ stream }) => stream === id);
    edges.set(
      nodeRef('stream', id),
      its.map((module) => nodeRef('module', module.id)),
    );
  }
  return edges;
}

function edgesOf(plan: Plan, kind: Dependency['kind']): Map<NodeRef, NodeRef[]> {
  return new Map(
    plan.modules.map(({ id, needs }) => [
      nodeRef('module', id),
      needs.filter((need) => need.kind === kind).map(({ on }) => on),
    ]),
  );
}

function mutual(edges: Edges): Edges {
  const both = new Map([...edges].map(([from, to]) => [from, [...to]]));
  for (const [from, to] of edges) for (const each of to) both.get(each)?.push(from);
  return both;
}

function joined(a: Edges, b: Edges): Edges {
  return new Map([...a].map(([from, to]) => [from, [...to, ...(b.get(from) ?? [])]]));
}

/** All that a node points to, directly or not: itself only where it is in a cycle. */
function reachable(edges: Edges, from: NodeRef): ReadonlySet<NodeRef> {
  const seen = new Set(edges.get(from));
  for (const node of seen) for (const to of edges.get(node) ?? []) seen.add(to);
  return seen;
}

function directModules(edges: Edges, from: NodeRef): NodeRef[] {
  const found = new Set<NodeRef>();
  const open = [from];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    for (const on of edges.get(ref) ?? []) {
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
