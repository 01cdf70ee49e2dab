import type { Blame, RecordIntegration, RecordSubject } from './commands/judging-result.ts';
import type { Deciding } from './deciding.ts';
import { spend } from './decide-budget.ts';
import { detect, resolve } from './decide-conflict.ts';
import { modulesBelow } from './graph.ts';
import { gateNode, moduleState, tierNode } from './lookup.ts';
import { gateId, nodeRef, parseNodeRef, tierId, type NodeRef } from './ids.ts';
import type { RunState } from './state.ts';
import type { Judging } from './gate-state.ts';
import { isSettled } from './module-state.ts';
import type { CheckResult } from './verdict.ts';

/** The checks of composed modules were run, for a tier or for an end-to-end gate. */
export function recordIntegration(deciding: Deciding, command: RecordIntegration): void {
  const { gate, checks } = command;
  const judging = judgingOf(deciding.state, gate);
  if (judging?.order !== command.order) {
    const what = `a judgement of ${gate} that was replaced`;
    deciding.rejectLate(command.order, null, what, command.spent);
    return;
  }
  if (deciding.state.reservations.has(command.order)) {
    spend(deciding, command.order, gate, 'integrator', command.spent);
  }
  if (judging.outdated) {
    deciding.emit({ type: 'integration-ended', gate });
    return;
  }
  for (const result of checks) deciding.emit({ type: 'check-finished', gate, result });
  const failed = checks.filter((check) => check.outcome !== 'passed');
  const evidence = failed.flatMap((check) => check.evidence);
  const verdict = failed.length === 0 ? 'PASS' : 'FAIL';
  const summary = failed.map((check) => `${check.check} ${check.outcome}`).join(', ');
  deciding.emit({ type: 'verdict-given', gate, verdict, summary, evidence });

  const unstable = failed.filter((check) => check.outcome === 'unstable');
  for (const { check } of unstable) deciding.emit({ type: 'check-unstable', gate, check });
  if (failed.length === 0) {
    pass(deciding, command);
    return;
  }
  const blames = tenable(deciding.state, gate, command.blames);
  if (unstable.length > 0) block(deciding, gate, 'a check gave two outcomes', failed);
  else if (blames.length === 0) block(deciding, gate, 'nobody could be blamed', failed);
  else blame(deciding, gate, blames, failed);
}

/** Whom an agent blames out of nowhere is no part of what failed; reopening it would mend nothing. */
function tenable(state: RunState, gate: NodeRef, blames: readonly Blame[]): readonly Blame[] {
  const parts = modulesBelow(state.graph, judgedNode(state, gate));
  const ids = new Set(parts.map((node) => state.modules.get(node).id));
  return blames.filter(({ blamed }) => ids.has(blamed));
}

function pass(deciding: Deciding, { gate, tree }: RecordIntegration): void {
  const { kind, id } = parseNodeRef(gate);
  if (kind === 'tier') deciding.emit({ type: 'tier-integrated', tier: tierId(id), tree });
  else deciding.emit({ type: 'gate-passed', gate: gateId(id), tree });
}

function block(
  deciding: Deciding,
  gate: NodeRef,
  why: string,
  failed: readonly CheckResult[],
): void {
  const message = `${failed.map(({ check }) => check).join(', ')} failed and ${why}: reopen a module`;
  const evidence = failed.flatMap((check) => check.evidence);
  // Open until a person has something below reopened.
  detect(deciding, { kind: 'integration', parties: [gate], about: message, evidence });
  deciding.emit({ type: 'gate-blocked', gate, message, evidence });
}

/** At most one module is put in question for a failing check, and each only once. */
function blame(
  deciding: Deciding,
  gate: NodeRef,
  blames: readonly Blame[],
  failed: readonly CheckResult[],
): void {
  for (const { check, between, blamed, how, reason } of blames) {
    const evidence = failed.find((each) => each.check === check)?.evidence ?? [];
    deciding.emit({
      type: 'integration-failed',
      gate,
      check,
      between,
      blamed,
      how,
      reason,
      evidence,
    });
    const modules = [...new Set([...between, blamed])].map((id) => nodeRef('module', id));
    const about = `${check} of ${gate} fails`;
    const parties = [gate, ...modules];
    const conflict = detect(deciding, { kind: 'integration', parties, about, evidence });
    const rule = how === 'integrator' ? 'arbiter' : 'evidence';
    resolve(deciding, conflict, { rule, decision: 'amend', reason: `${blamed}: ${reason}` });
    if (!isSettled(moduleState(deciding.state, blamed))) continue;
    const source = 'integration';
    deciding.emit({ type: 'amendment-requested', module: blamed, source, reason, evidence });
  }
}

/** What an approval is about was composed: from here on a person decides. */
export function recordSubject(deciding: Deciding, command: RecordSubject): void {
  const state = deciding.state;
  const { life } = state.gates.get(gateNode(state, command.gate) - state.graph.gateBase);
  if (life.at !== 'judging' || life.order !== command.order) {
    const what = `a subject of ${command.gate} that was replaced`;
    deciding.rejectLate(command.order, null, what, null);
    return;
  }
  const { gate, submission } = command;
  if (life.outdated) deciding.emit({ type: 'integration-ended', gate: `gate:${gate}` as NodeRef });
  else deciding.emit({ type: 'approval-requested', gate, submission });
}

export function judgingOf(state: RunState, gate: NodeRef): Judging | null {
  const node = judgedNode(state, gate);
  const { tierBase, gateBase } = state.graph;
  const { life } =
    node < gateBase ? state.tiers.get(node - tierBase) : state.gates.get(node - gateBase);
  return life.at === 'judging' ? life : null;
}

function judgedNode(state: RunState, gate: NodeRef): number {
  const { kind, id } = parseNodeRef(gate);
  return kind === 'tier' ? tierNode(state, tierId(id)) : gateNode(state, gateId(id));
}
