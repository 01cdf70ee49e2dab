import {
  conflictOf,
  type ConflictDecision,
  type ConflictKind,
  type ConflictRule,
} from './conflict.ts';
import type { Trespass } from './commands/builder-result.ts';
import type { Deciding } from './deciding.ts';
import { consumersOf } from './consumers.ts';
import { sidesOf } from './feedback.ts';
import { refOf } from './graph.ts';
import { nodeRef, type ModuleId, type NodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import type { ModuleState } from './module-state.ts';
import type { Evidence } from './verdict.ts';

/** What the journal keeps of the evidence of one conflict. */
const maxEvidence = 20;
/** A line that a conflict is about, and a person's or an agent's reason in it. */
const maxAbout = 600;
const maxReason = 3_000;

interface Found {
  readonly kind: ConflictKind;
  /** What it is about first. */
  readonly parties: readonly NodeRef[];
  readonly about: string;
  readonly evidence: readonly Evidence[];
}

/** Notes that parties are at odds; the number by which that is named. */
export function detect(deciding: Deciding, { kind, parties, about, evidence }: Found): number {
  const conflict = deciding.state.seq + 1;
  const what = { conflict, kind, parties, about: about.slice(0, maxAbout) };
  deciding.emit({ type: 'conflict-detected', ...what, evidence: evidence.slice(0, maxEvidence) });
  return conflict;
}

interface Word {
  readonly rule: ConflictRule;
  readonly decision: ConflictDecision;
  readonly reason: string;
  readonly by?: string;
}

export function resolve(
  deciding: Deciding,
  conflict: number,
  { rule, decision, reason, by = 'ashlar' }: Word,
): void {
  const word = { rule, reason: reason.slice(0, maxReason), by };
  deciding.emit({ type: 'conflict-resolved', conflict, decided: decision, ...word });
}

/** Two modules never own one path: what a submission holds of another's stays with its owner. */
export function settleOwnership(
  deciding: Deciding,
  module: ModuleId,
  trespasses: readonly Trespass[],
  problems: readonly Evidence[],
): void {
  for (const { owner, files } of trespasses) {
    const conflict = detect(deciding, {
      kind: 'two-owners',
      parties: [nodeRef('module', module), nodeRef('module', owner)],
      about: `${module} hands in ${files.join(', ')}, which ${owner} owns`,
      evidence: problems,
    });
    const reason = `${owner} owns the path: the files were not taken, and ${module} revises`;
    resolve(deciding, conflict, { rule: 'ownership', decision: 'owner-keeps', reason });
  }
}

/** A builder that was told to end handed in all the same: its contract is not the newest. */
export function settleOldVersion(deciding: Deciding, module: ModuleState, version: number): void {
  const newest = module.contract.version;
  const conflict = detect(deciding, {
    kind: 'stale-contract',
    parties: [nodeRef('module', module.id)],
    about: `${module.id} hands in for version ${version} of its contract, at version ${newest}`,
    evidence: [],
  });
  const reason = `version ${newest} counts: what was handed in is where the next attempt begins`;
  resolve(deciding, conflict, { rule: 'contract', decision: 'newest-stands', reason });
}

/**
 * Whoever has built, or is building, against a contract that was amended is told: at its next turn, and
 * where its builder is at work, in the turn that it is at. Who has yet to begin sees the newest anyway.
 */
export function tellConsumers(deciding: Deciding, node: number, why: string): void {
  const { id, contract } = deciding.state.modules.get(node);
  const { version } = contract;
  const about = `the contract of ${id} was amended to version ${version} under what builds on it`;
  tellOf(deciding, node, about, `version ${version} counts, and is judged against: ${why}`);
}

/** What was built against the contract of a module that was split stands on its parts. */
export function tellOfSplit(
  deciding: Deciding,
  whole: ModuleId,
  parts: readonly ModuleId[],
  why: string,
): void {
  for (const part of parts) {
    const about = `${whole} was split under what builds on it: its part ${part} has a contract of its own`;
    const reason = `${parts.join(', ')} stand in the place of ${whole}: ${why}`;
    tellOf(deciding, moduleNode(deciding.state, part), about, reason);
  }
}

function tellOf(deciding: Deciding, node: number, about: string, reason: string): void {
  const { state } = deciding;
  const { graph } = state;
  const partners = sidesOf(state, node).map(({ partner }) => partner);
  const consumers = [...new Set([...consumersOf(graph, node), ...partners])].filter((each) =>
    hasBuilt(state.modules.get(each)),
  );
  if (consumers.length === 0) return;
  const parties = [node, ...consumers].map((each) => refOf(graph, each));
  const conflict = detect(deciding, { kind: 'stale-contract', parties, about, evidence: [] });
  resolve(deciding, conflict, { rule: 'contract', decision: 'newest-stands', reason });
}

const hasBuilt = ({ attempt, seal }: ModuleState): boolean => attempt > 0 || seal !== null;

/** A new version of the contract ends what was disputed under the old one. */
export function endDispute(
  deciding: Deciding,
  { conflict }: ModuleState,
  word: Omit<Word, 'decision'>,
): void {
  if (conflict !== null) resolve(deciding, conflict, { ...word, decision: 'amend' });
}

/** A tier or a gate was blocked, and is not any more: something below it was taken up. */
export function closeLeftBehind(deciding: Deciding): void {
  for (;;) {
    const { state } = deciding;
    const node = state.toClose.first();
    if (node === -1) return;
    const { tierBase, gateBase } = state.graph;
    const { conflict } =
      node < gateBase ? state.tiers.get(node - tierBase) : state.gates.get(node - gateBase);
    if (conflict === null) return;
    const person = deciding.by;
    const rule = person === null ? 'contract' : 'person';
    const reason = 'what it is made of is not as it was: it is judged again when all is settled';
    const word = { rule, decision: 'amend', reason, by: person ?? 'ashlar' } as const;
    resolve(deciding, conflictOf(state, conflict).id, word);
  }
}
