import { plural, t } from '../../core/language.ts';
import { refOf } from '../../core/graph.ts';
import { parseNodeRef, type GateId } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { listed } from '../../core/projections/words.ts';
import type { CheckResult } from '../../core/verdict.ts';

/** A check that speaks for what a person is asked to approve. */
export interface BehindCheck {
  /** What it judged: a module, a tier, a gate. */
  readonly of: string;
  readonly result: CheckResult;
}

/** The latest results of everything that a gate requires, in the order of the plan. */
export function checksBehind({ state, history }: Chronicle, gate: GateId): BehindCheck[] {
  const { graph } = state;
  return required(state.graph, gate).flatMap((node) => {
    const of = nodeName(refOf(graph, node));
    return history.checks.get(node).map((result) => ({ of, result }));
  });
}

/** `4 of 4 checks pass`; '' where nothing was checked in this run. */
export function checksWords(checks: readonly BehindCheck[]): string {
  if (checks.length === 0) return '';
  const passed = checks.filter(({ result }) => result.outcome === 'passed').length;
  return plural(checks.length, '{1} of {0} check passes', '{1} of {0} checks pass', passed);
}

/** What follows an approval: whom it lets go on, or that the result is delivered. */
export function approvalFollows({ state }: Chronicle, gate: GateId): string {
  const { graph } = state;
  const node = graph.gateIndex.get(gate);
  if (node === undefined) return '';
  const next = (graph.dependents[node] ?? [])
    .filter((dependent) => dependent < graph.streamBase)
    .map((dependent) => nodeName(refOf(graph, dependent)));
  if (next.length > 0) return t('Approve it, and {0} can go on.', listed(next));
  return state.unsettled <= 1
    ? t('Approve it, and the result is delivered.')
    : t('The result is delivered once everything else is done too.');
}

/** What a gate asks about, by name. */
export function requiredNames({ state: { graph } }: Chronicle, gate: GateId): string[] {
  const node = graph.gateIndex.get(gate);
  return (node === undefined ? [] : (graph.needs[node] ?? [])).map((need) => {
    const { kind, id } = parseNodeRef(refOf(graph, need));
    return kind === 'module' ? id : `${kind} ${id}`;
  });
}

/** A required stream stands for its modules. */
function required(graph: Chronicle['state']['graph'], gate: GateId): number[] {
  const node = graph.gateIndex.get(gate);
  const nodes = node === undefined ? [] : (graph.needs[node] ?? []);
  return nodes.flatMap((need) => (need < graph.streamBase ? [need] : (graph.needs[need] ?? [])));
}
