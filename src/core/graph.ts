import { demandsOf, type Demands } from './demand.ts';
import { draftNeeds, type DraftNeeds } from './draft-needs.ts';
import { nodeRef, type GateId, type ModuleId, type NodeRef, type TierId } from './ids.ts';
import { cyclicComponents } from './plan/components.ts';
import type { Dependency, GatePlan, ModulePlan, Plan, TierPlan } from './plan/plan.ts';
import { modulesByUrgency } from './schedule/module-rank.ts';

/**
 * A plan's dependencies as integers, made once when a run opens. Nodes are numbered modules first,
 * then tiers, gates and streams, each in the order of the plan:
 *
 *     0 … modules-1 │ tiers │ gates │ streams
 *
 * A module needs what it says; a tier needs its modules and the tiers it includes; a gate needs
 * what it requires; a stream needs its modules. `needs` are hard: what waits for them does not
 * start. Modules that depend on each other in a cycle, through soft or feedback edges, make up a
 * component: they are confirmed against each other and sealed as one set.
 */
export interface Graph extends DraftNeeds {
  readonly refs: readonly NodeRef[];
  readonly modules: number;
  readonly tierBase: number;
  readonly gateBase: number;
  readonly streamBase: number;
  /** What each node waits for. */
  readonly needs: readonly (readonly number[])[];
  /** What waits for each node. */
  readonly dependents: readonly (readonly number[])[];
  /** All nodes, each after all that it waits for: so that no chain is too long to be followed. */
  readonly order: readonly number[];
  /** What each node is only confirmed against before it is sealed. */
  readonly soft: readonly (readonly number[])[];
  readonly softDependents: readonly (readonly number[])[];
  /** Modules in cycles, each set in plan order. */
  readonly components: readonly (readonly number[])[];
  /** A node's place in `components`; -1 for what is in no cycle. */
  readonly componentOf: readonly number[];
  readonly feedback: readonly FeedbackPair[];
  /** By module: its places in `feedback`. */
  readonly feedbackOf: readonly (readonly number[])[];
  /** A module's place in the order of work: 0 is the most urgent. */
  readonly rank: readonly number[];
  readonly byRank: readonly number[];
  /** Minutes from a module's start to the end of the run if places were free, by the estimates. */
  readonly remaining: readonly number[];
  /** By module: those that get something at its seal, by a soft dependency or a planned handoff. */
  readonly receivers: readonly (readonly Receiver[])[];
  /** What building, listing and judging hold of the plan's resources; they are no edges. */
  readonly demands: Demands;
  readonly moduleIndex: ReadonlyMap<ModuleId, number>;
  readonly tierIndex: ReadonlyMap<TierId, number>;
  readonly gateIndex: ReadonlyMap<GateId, number>;
}

/** A module that gets something when another is sealed. */
export interface Receiver {
  readonly to: number;
  /** It builds on the other's stub until then. */
  readonly soft: boolean;
  /** What the plan says that it gets; null where the plan names nothing. */
  readonly items: readonly string[] | null;
}

/** Two modules whose findings go to each other; `a` comes first in the plan. */
export interface FeedbackPair {
  readonly a: number;
  readonly b: number;
  readonly rounds: number;
}

/** Which kind a node's number stands for. */
export function kindOf(graph: Graph, node: number): 'module' | 'tier' | 'gate' | 'stream' {
  if (node < graph.modules) return 'module';
  if (node < graph.gateBase) return 'tier';
  return node < graph.streamBase ? 'gate' : 'stream';
}

export function graphOf(plan: Plan): Graph {
  const known = prepared.get(plan);
  if (known !== undefined) return known;
  const steps = graphSteps(plan);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Graphs that were made ahead, for as long as somebody holds their plan. */
const prepared = new WeakMap<Plan, Graph>();

/** Makes the graph of a large plan ahead, in steps between which others have their turn. */
export function* prepareGraph(plan: Plan): Generator<void, void, void> {
  prepared.set(plan, yield* graphSteps(plan));
}

function* graphSteps(plan: Plan): Generator<void, Graph, void> {
  const refs: NodeRef[] = [
    ...plan.modules.map(({ id }) => nodeRef('module', id)),
    ...plan.tiers.map(({ id }) => nodeRef('tier', id)),
    ...plan.gates.map(({ id }) => nodeRef('gate', id)),
    ...plan.streams.map(({ id }) => nodeRef('stream', id)),
  ];
  const at = new Map(refs.map((ref, node) => [ref, node]));
  const find = (ref: NodeRef): number => {
    const node = at.get(ref);
    if (node === undefined) throw new Error(`the plan names ${ref}, which it does not hold`);
    return node;
  };
  const inStream = new Map<string, NodeRef[]>(plan.streams.map(({ id }) => [id, []]));
  for (const module of plan.modules)
    inStream.get(module.stream)?.push(nodeRef('module', module.id));

  const needs = [
    ...plan.modules.map((module) => onOf(module, 'hard')),
    ...plan.tiers.map((tier) => tierNeeds(tier)),
    ...plan.gates.map((gate) => gate.requires),
    ...plan.streams.map(({ id }) => inStream.get(id) ?? []),
  ].map((on) => [...new Set(on.map(find))]);

  const soft = needs.map((hard, node) => {
    const module = plan.modules[node];
    if (module === undefined) return [];
    const on = new Set(onOf(module, 'soft').map(find));
    return [...on].filter((each) => !hard.includes(each));
  });
  yield;
  const dependents = turned(needs);
  const feedback = feedbackPairs(plan, find);
  const feedbackOf: number[][] = plan.modules.map(() => []);
  feedback.forEach(({ a, b }, pair) => {
    feedbackOf[a]?.push(pair);
    feedbackOf[b]?.push(pair);
  });
  const partners = (node: number): number[] =>
    (feedbackOf[node] ?? []).map((pair) => partnerOf(feedback, pair, node));
  yield;
  const components = cyclicComponents(needs.keys(), (node) => [
    ...(needs[node] ?? []),
    ...(soft[node] ?? []),
    ...partners(node),
  ]).map((members) => members.sort((a, b) => a - b));
  const componentOf = refs.map(() => -1);
  components.forEach((members, component) => {
    for (const member of members) componentOf[member] = component;
    // What is composed of modules can only be judged when they are sealed; they would wait for it.
    const last = members.at(-1) ?? 0;
    if (last >= plan.modules.length) throw new Error(`the plan has a cycle through ${refs[last]}`);
  });

  yield;
  const order = topological(needs, dependents);
  const remaining = remainingMinutes(plan, order, dependents);
  yield;
  const byRank = modulesByUrgency(plan);
  const rank: number[] = new Array<number>(byRank.length).fill(0);
  byRank.forEach((node, place) => (rank[node] = place));

  yield;
  const tierBase = plan.modules.length;
  const gateBase = tierBase + plan.tiers.length;
  return {
    refs,
    modules: plan.modules.length,
    tierBase,
    gateBase,
    streamBase: gateBase + plan.gates.length,
    needs,
    dependents,
    order,
    ...draftNeeds(plan),
    soft,
    softDependents: turned(soft),
    components,
    componentOf,
    feedback,
    feedbackOf,
    rank,
    byRank,
    remaining: remaining.slice(0, plan.modules.length),
    receivers: receiversOf(plan, find),
    demands: demandsOf(plan),
    moduleIndex: new Map(plan.modules.map((module, node) => [module.id, node])),
    tierIndex: new Map(plan.tiers.map((tier, i) => [tier.id, tierBase + i])),
    gateIndex: new Map(plan.gates.map((gate, i) => [gate.id, gateBase + i])),
  };
}

/** Whether two nodes are sealed as one set. */
export function isInside(graph: Graph, a: number, b: number): boolean {
  const component = graph.componentOf[a] ?? -1;
  return component !== -1 && component === graph.componentOf[b];
}

/** A module and those that are sealed with it, in plan order. */
export function sealedWith(graph: Graph, node: number): readonly number[] {
  return graph.components[graph.componentOf[node] ?? -1] ?? [node];
}

/** The other side of a feedback pair. */
export function partnerOf(pairs: readonly FeedbackPair[], pair: number, node: number): number {
  const { a, b } = item(pairs, pair);
  return a === node ? b : a;
}

/** The other modules that a node stands on, through tiers, gates and streams too, in plan order. */
export function modulesBelow(graph: Graph, node: number): number[] {
  const seen = new Set<number>();
  const stack = [...(graph.needs[node] ?? []), ...(graph.soft[node] ?? [])];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    stack.push(...(graph.needs[next] ?? []), ...(graph.soft[next] ?? []));
  }
  seen.delete(node);
  return [...seen].filter((each) => each < graph.modules).sort((a, b) => a - b);
}

/**
 * Modules in an order in which each comes after all that it depends on; those that depend on each
 * other together, in plan order.
 */
export function topologicalModules(graph: Graph): number[] {
  const setOf = (node: number): number => sealedWith(graph, node)[0] ?? node;
  const before = graph.refs.map((): number[] => []);
  graph.refs.forEach((_, node) => {
    for (const on of [...(graph.needs[node] ?? []), ...(graph.soft[node] ?? [])]) {
      if (setOf(on) !== setOf(node)) before[setOf(node)]?.push(setOf(on));
    }
  });
  return topological(before, turned(before)).flatMap((node) =>
    node < graph.modules && setOf(node) === node ? sealedWith(graph, node) : [],
  );
}

const onOf = ({ needs }: ModulePlan, kind: Dependency['kind']): NodeRef[] =>
  needs.filter((need) => need.kind === kind).map(({ on }) => on);

/** Who points to each node, where each says to whom it points. */
function turned(edges: readonly (readonly number[])[]): number[][] {
  const back: number[][] = edges.map(() => []);
  edges.forEach((to, from) => {
    for (const each of to) back[each]?.push(from);
  });
  return back;
}

/** Each pair once, whichever side names it, with the most rounds that either allows. */
function feedbackPairs(plan: Plan, find: (ref: NodeRef) => number): FeedbackPair[] {
  const pairs = new Map<string, FeedbackPair>();
  plan.modules.forEach(({ needs }, node) => {
    for (const need of needs) {
      if (need.kind !== 'feedback') continue;
      const on = find(need.on);
      const [a, b] = node < on ? [node, on] : [on, node];
      const rounds = Math.max(need.rounds, pairs.get(`${a} ${b}`)?.rounds ?? 0);
      pairs.set(`${a} ${b}`, { a, b, rounds });
    }
  });
  return [...pairs.values()];
}

export const refOf = (graph: Graph, node: number): NodeRef => item(graph.refs, node);
export const modulePlan = (plan: Plan, node: number): ModulePlan => item(plan.modules, node);
export const tierPlan = (plan: Plan, graph: Graph, node: number): TierPlan =>
  item(plan.tiers, node - graph.tierBase);
export const gatePlan = (plan: Plan, graph: Graph, node: number): GatePlan =>
  item(plan.gates, node - graph.gateBase);

function item<T>(items: readonly T[], index: number): T {
  const found = items[index];
  if (found === undefined) throw new RangeError(`no item ${index}`);
  return found;
}

function tierNeeds(tier: TierPlan): NodeRef[] {
  return [
    ...tier.includes.map((id) => nodeRef('tier', id)),
    ...tier.modules.map((id) => nodeRef('module', id)),
  ];
}

function receiversOf(plan: Plan, find: (ref: NodeRef) => number): Receiver[][] {
  const receivers = plan.modules.map(() => new Map<number, Receiver>());
  plan.modules.forEach(({ needs }, to) => {
    for (const { kind, on } of needs) {
      if (kind === 'soft') receivers[find(on)]?.set(to, { to, soft: true, items: null });
    }
  });
  for (const { from, to: id, items } of plan.handoffs) {
    const to = find(nodeRef('module', id));
    const its = receivers[find(nodeRef('module', from))];
    const before = its?.get(to);
    const all = [...(before?.items ?? []), ...items];
    its?.set(to, { to, soft: before?.soft ?? false, items: all });
  }
  return receivers.map((its) => [...its.values()].sort((a, b) => a.to - b.to));
}

/** Longest path from each node to the end (a sink's is its own duration); only modules take time. */
function remainingMinutes(
  plan: Plan,
  order: readonly number[],
  dependents: readonly (readonly number[])[],
): number[] {
  const remaining = new Array<number>(order.length).fill(0);
  for (const node of order.toReversed()) {
    let after = 0;
    for (const next of dependents[node] ?? []) after = Math.max(after, remaining[next] ?? 0);
    const estimate = plan.modules[node]?.estimate;
    remaining[node] = after + (estimate === undefined ? 0 : estimate.minutes + estimate.review);
  }
  return remaining;
}

/** Kahn's algorithm (1962); throws on a cycle, which the quality bar refuses before any run. */
function topological(
  needs: readonly (readonly number[])[],
  dependents: readonly (readonly number[])[],
): number[] {
  const unmet = needs.map((on) => on.length);
  const sorted = unmet.flatMap((count, node) => (count === 0 ? [node] : []));
  // The list grows while it is walked.
  for (const node of sorted) {
    for (const next of dependents[node] ?? []) {
      const left = (unmet[next] ?? 0) - 1;
      unmet[next] = left;
      if (left === 0) sorted.push(next);
    }
  }
  if (sorted.length < needs.length) throw new Error('the plan has a cycle');
  return sorted;
}
