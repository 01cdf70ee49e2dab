import { Vector } from '../collections/vector.ts';
import { conflictIndex } from '../conflict.ts';
import type { EventOf, RunEvent } from '../events.ts';
import { nodeRef, type NodeRef } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { CheckResult, Evidence } from '../verdict.ts';
import { nodeOfRef } from './node-words.ts';
import { renumbered } from './renumber.ts';

/**
 * How many bytes of what agents and checks wrote the rules and the orchestrating roles (integrators,
 * arbiters) have read, by module, tier and gate: summaries, verdicts, evidence, findings, notes of handoffs,
 * reasons, and what those roles looked up by their tools. What a builder says while it works is for people alone, and no transcript is ever among it.
 */
export type OrchestratorInput = Vector<number>;

export const beginInput = ({ graph }: RunState): OrchestratorInput =>
  Vector.from(graph.refs.slice(0, graph.streamBase).map(() => 0));

/** Folds one more event; itself where the event brings nothing to read. */
export function followInput(
  input: OrchestratorInput,
  before: RunState,
  event: RunEvent,
  after: RunState,
): OrchestratorInput {
  if (event.type === 'module-split') return renumbered(input, before, after, () => 0);
  const ref = refOf(event);
  const node = ref === null ? null : nodeOfRef(after.graph, ref);
  const bytes = node === null ? 0 : readIn(event, after);
  return node === null || bytes === 0 ? input : input.set(node, input.get(node) + bytes);
}

/** The largest of a run's modules. */
export function mostRead(input: OrchestratorInput, { graph }: RunState): number {
  let most = 0;
  for (let node = 0; node < graph.modules; node++) most = Math.max(most, input.get(node));
  return most;
}

function refOf(event: RunEvent): NodeRef | null {
  if (event.type === 'agent-used') return event.for;
  if (event.type === 'handoff-delivered' || event.type === 'feedback-given') {
    return nodeRef('module', event.from);
  }
  if (event.type === 'integration-failed') return nodeRef('module', event.blamed);
  if ('gate' in event && event.gate.includes(':')) return event.gate as NodeRef;
  return 'module' in event && event.module !== null ? nodeRef('module', event.module) : null;
}

/** What came in with the event, in bytes of UTF-8. */
function readIn(event: RunEvent, state: RunState): number {
  const read = reads[event.type] as ((event: RunEvent, state: RunState) => number) | undefined;
  return read === undefined ? 0 : read(event, state);
}

type Reads = {
  readonly [Type in RunEvent['type']]?: (event: EventOf<Type>, state: RunState) => number;
};

/** What an event brings; of those that are not named nothing is read. */
const reads: Reads = {
  'submission-received': ({ summary, problems }) => bytesOf(summary) + ofEvidence(problems),
  'check-finished': ({ result }) => ofCheck(result),
  // Its evidence is that of the checks, which came before, and of the reviewers.
  'verdict-given': ({ summary, evidence }) =>
    bytesOf(summary) + ofEvidence(evidence.filter(({ kind }) => kind === 'review')),
  'generation-ended': ({ message }) => bytesOf(message),
  'amendment-failed': ({ message, evidence = [] }) => bytesOf(message) + ofEvidence(evidence),
  'contract-refused': ({ evidence }) => ofEvidence(evidence),
  'contract-amended': ({ source, reason }) =>
    source === 'person' || source === 'plan' ? 0 : bytesOf(reason),
  'feedback-given': ({ findings }) => sum(findings),
  'handoff-delivered': ({ note, items }) => bytesOf(note) + sum(items),
  'dispute-opened': ({ reason }) => bytesOf(reason),
  'arbitration-started': ({ conflict }, state) => forArbiter(state, conflict),
  // What integrators and arbiters looked up in the files, beside what they were given.
  'agent-used': ({ read = 0 }) => read,
  // An integrator read the failing check once more, and said why.
  'integration-failed': ({ how, reason, evidence }) =>
    how === 'integrator' ? bytesOf(reason) + ofEvidence(evidence) : 0,
};

/** What an arbiter is given beside the contract: what the dispute is about, and the disputed summary. */
function forArbiter({ conflicts, modules, graph }: RunState, number: number): number {
  const index = conflictIndex(conflicts, number);
  if (index === -1) return 0;
  const conflict = conflicts.get(index);
  const [party] = conflict.parties;
  const node = party === undefined ? null : nodeOfRef(graph, party);
  const summary =
    node === null || node >= graph.modules ? '' : (modules.get(node).judgement?.summary ?? '');
  return bytesOf(conflict.about) + ofEvidence(conflict.evidence) + bytesOf(summary);
}

const ofCheck = ({ check, evidence }: CheckResult): number => bytesOf(check) + ofEvidence(evidence);

function ofEvidence(all: readonly Evidence[]): number {
  let bytes = 0;
  for (const { says, test, file } of all) bytes += bytesOf(says) + bytesOf(test) + bytesOf(file);
  return bytes;
}

const sum = (texts: readonly string[]): number =>
  texts.reduce((bytes, text) => bytes + bytesOf(text), 0);

function bytesOf(text: string | null): number {
  if (text === null) return 0;
  let bytes = text.length;
  // By unit and not by character: all that agents wrote goes through here when a run is opened.
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    // A pair of units makes four bytes.
    if (isPair) i++;
    bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
}
