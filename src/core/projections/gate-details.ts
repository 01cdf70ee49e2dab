import type { EventOf, RunEvent } from '../events.ts';
import { kindOf, refOf } from '../graph.ts';
import { parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import type { CheckResult } from '../verdict.ts';
import { card } from './card.ts';
import type { Chronicle } from './chronicle.ts';
import { gateStatus } from './gate-status.ts';
import { nodeName, nodeOfRef } from './node-words.ts';

/** Something that a tier or gate stands on, or that stands on it. */
export interface GateMember {
  readonly name: string;
  /** How it is, in a few words. */
  readonly says: string;
  /** Set where it is a module. */
  readonly module: ModuleId | null;
  /** Set where it is a tier or gate. */
  readonly gate: NodeRef | null;
}

/** A tier or gate as a person looks it up. */
export interface GateDetails {
  readonly node: number;
  readonly members: readonly GateMember[];
  readonly opens: readonly GateMember[];
  /** Of its latest judging, as far as they are finished. */
  readonly checks: readonly CheckResult[];
}

/** null where the run has no such tier or gate. */
export function gateDetails(chronicle: Chronicle, ref: NodeRef): GateDetails | null {
  const { state, history } = chronicle;
  const { graph } = state;
  const node = nodeOfRef(graph, ref);
  if (node === null || node < graph.tierBase || node >= graph.streamBase) return null;
  const members = (nodes: readonly number[] | undefined): GateMember[] =>
    (nodes ?? []).flatMap((each) => expanded(chronicle, each)).map((each) => told(chronicle, each));
  return {
    node,
    members: members(graph.needs[node]),
    opens: members(graph.dependents[node]),
    checks: history.checks.get(node),
  };
}

/** A required stream stands for its modules. */
const expanded = ({ state: { graph } }: Chronicle, node: number): readonly number[] =>
  node < graph.streamBase ? [node] : (graph.needs[node] ?? []);

function told(chronicle: Chronicle, node: number): GateMember {
  const { state } = chronicle;
  const ref = refOf(state.graph, node);
  if (kindOf(state.graph, node) === 'module') {
    const { word, detail } = card(chronicle, node);
    const module = parseNodeRef(ref).id as ModuleId;
    const says = detail === '' ? word : `${word} · ${detail}`;
    return { name: module, says, module, gate: null };
  }
  return { name: nodeName(ref), says: gateStatus(state, node).text, module: null, gate: ref };
}

/** What failed between which modules of a tier or gate, and whom that was blamed on; the latest first. */
export function blamesOf(
  events: readonly RunEvent[],
  { gate, until }: { readonly gate: NodeRef; readonly until: number },
): EventOf<'integration-failed'>[] {
  const found = events.filter(
    (event) => event.type === 'integration-failed' && event.gate === gate && event.seq <= until,
  );
  return (found as EventOf<'integration-failed'>[]).reverse();
}
