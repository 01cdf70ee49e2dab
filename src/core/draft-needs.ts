import { moduleId, nodeRef, parseNodeRef, type ModuleId, type NodeRef } from './ids.ts';
import type { Plan } from './plan/plan.ts';

/** Whose stubs a module's tests are listed with, as nodes of the graph. */
export interface DraftNeeds {
  /** By module: the modules that it needs directly, hard or soft, through tiers and gates too. */
  readonly drafts: readonly (readonly number[])[];
  /** By module: those that need it so. */
  readonly draftedFor: readonly (readonly number[])[];
}

/**
 * The contracts that must be drafted before a module's tests can be listed. Drafted is enough, so
 * modules that need each other softly do not wait for each other in a circle.
 */
export function draftNeeds(plan: Plan): DraftNeeds {
  const nodes = new Map(plan.modules.map(({ id }, node) => [id, node]));
  const within = modulesWithin(plan);
  const drafts = plan.modules.map(({ needs }, node) => {
    const on = new Set<number>();
    for (const need of needs) {
      if (need.kind === 'feedback') continue;
      for (const id of within(need.on)) on.add(nodes.get(id) ?? node);
    }
    on.delete(node);
    return [...on].sort((a, b) => a - b);
  });
  const draftedFor: number[][] = drafts.map(() => []);
  drafts.forEach((on, node) => {
    for (const need of on) draftedFor[need]?.push(node);
  });
  return { drafts, draftedFor };
}

/** The modules that a node is made of: itself, or what a tier, a gate or a stream holds. */
function modulesWithin(plan: Plan): (ref: NodeRef) => readonly ModuleId[] {
  const tiers = new Map(plan.tiers.map((tier) => [nodeRef('tier', tier.id), tier]));
  const gates = new Map(plan.gates.map((gate) => [nodeRef('gate', gate.id), gate]));
  const streams = new Map<NodeRef, ModuleId[]>();
  for (const { id, stream } of plan.modules) {
    const ref = nodeRef('stream', stream);
    const members = streams.get(ref);
    if (members === undefined) streams.set(ref, [id]);
    else members.push(id);
  }
  const known = new Map<NodeRef, readonly ModuleId[]>();
  const find = (from: NodeRef): readonly ModuleId[] => {
    const modules = new Set<ModuleId>();
    const seen = new Set([from]);
    for (const ref of seen) {
      const { kind, id } = parseNodeRef(ref);
      if (kind === 'module') modules.add(moduleId(id));
      const tier = tiers.get(ref);
      for (const member of tier?.modules ?? []) modules.add(member);
      for (const member of streams.get(ref) ?? []) modules.add(member);
      for (const tierId of tier?.includes ?? []) seen.add(nodeRef('tier', tierId));
      for (const required of gates.get(ref)?.requires ?? []) seen.add(required);
    }
    return [...modules];
  };
  return (ref) => {
    const found = known.get(ref) ?? find(ref);
    known.set(ref, found);
    return found;
  };
}
