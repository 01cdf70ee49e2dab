import { isInside, kindOf, refOf, sealedWith, type Graph } from '../graph.ts';
import { parseNodeRef, type GateId, type ModuleId, type NodeRef, type TierId } from '../ids.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import { isSettled, offerOf } from '../module-state.ts';

/** A node as people say it: a module by its bare name, others with their kind. */
export function nodeName(ref: NodeRef): string {
  const { kind, id } = parseNodeRef(ref);
  switch (kind) {
    case 'module':
      return id;
    case 'tier':
      return t('tier {0}', id);
    case 'gate':
      return t('gate {0}', id);
    case 'stream':
      return t('stream {0}', id);
  }
}

/** Whether a node is sealed, integrated, passed or approved, and nothing below it is in question. */
export function isNodeSettled(state: RunState, node: number): boolean {
  const { graph } = state;
  switch (kindOf(graph, node)) {
    case 'module':
      return isSettled(state.modules.get(node));
    case 'tier':
      return state.tiers.get(node - graph.tierBase).life.at === 'integrated';
    case 'gate': {
      const { life } = state.gates.get(node - graph.gateBase);
      return life.at === 'passed' || life.at === 'approved';
    }
    case 'stream':
      return state.unmet.get(node) === 0;
  }
}

/** By node, 1 where {@link isNodeSettled}: for whoever asks of thousands. */
export function settledNodes(state: RunState): Uint8Array {
  const settled = new Uint8Array(state.graph.refs.length);
  for (let node = 0; node < settled.length; node++) {
    if (isNodeSettled(state, node)) settled[node] = 1;
  }
  return settled;
}

/** What a node still waits for. Inside a set of modules something that passed is enough. */
export function openNeeds(state: RunState, node: number): number[] {
  const { graph, modules } = state;
  return (graph.needs[node] ?? [])
    .filter((need) => !isNodeSettled(state, need))
    .filter((need) => !isInside(graph, node, need) || offerOf(modules.get(need)) === null);
}

/** The same by name. */
export const waitsFor = (state: RunState, node: number): string[] =>
  named(state, openNeeds(state, node));

/** What a module that passed still waits for before it is sealed. */
export function openConfirmers(state: RunState, node: number): number[] {
  const { graph, modules } = state;
  const set = sealedWith(graph, node);
  const outside = set.flatMap((member) =>
    [...(graph.needs[member] ?? []), ...(graph.soft[member] ?? [])].filter(
      (need) => !set.includes(need) && !isNodeSettled(state, need),
    ),
  );
  const inside = set.filter((member) => {
    if (member === node) return false;
    const { life } = modules.get(member);
    return life.at !== 'passed' || life.seal === null;
  });
  return [...new Set([...outside, ...inside])];
}

/** The same by name. */
export const confirmedBy = (state: RunState, node: number): string[] =>
  named(state, openConfirmers(state, node));

const named = ({ graph }: RunState, nodes: readonly number[]): string[] =>
  nodes.map((node) => nodeName(refOf(graph, node)));

/** The number of the node that an event's `gate` means: a gate's name, or a reference to a node. */
export function nodeOfRef(graph: Graph, ref: NodeRef | GateId): number | null {
  if (!ref.includes(':')) return graph.gateIndex.get(ref as GateId) ?? null;
  const { kind, id } = parseNodeRef(ref as NodeRef);
  switch (kind) {
    case 'module':
      return graph.moduleIndex.get(id as ModuleId) ?? null;
    case 'tier':
      return graph.tierIndex.get(id as TierId) ?? null;
    case 'gate':
      return graph.gateIndex.get(id as GateId) ?? null;
    case 'stream':
      return null;
  }
}
