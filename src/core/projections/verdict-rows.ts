import type { ApprovalGiven, ApprovalRefused } from '../events/composition.ts';
import type { VerdictGiven } from '../events/judging.ts';
import type { SealAdopted } from '../events/module.ts';
import type { PrerequisiteChecked } from '../events/run.ts';
import { nodeRef, parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import { plural, t } from '../language.ts';
import type { RunState } from '../state.ts';
import type { Submission } from '../module-state.ts';
import type { CheckResult, Evidence, Verdict } from '../verdict.ts';
import { evidenceLine } from './evidence-words.ts';
import { oneLine } from './safe-text.ts';
import { runElapsedMs } from './timeline.ts';

/** One judgement by a gate of whatever kind, in one line, with what speaks for it. */
export interface VerdictRow {
  /** Of the event that gave it; no two rows have the same. */
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** When it was on the run's own clock. */
  readonly runMs: number;
  /** `prerequisite:…` for a prerequisite, which is no node of the plan. */
  readonly gate: NodeRef;
  readonly name: string;
  readonly kind: VerdictKind;
  /** What was judged: a tree, or the digest that a person decided on; null where it is not recorded. */
  readonly subject: string | null;
  readonly verdict: Verdict;
  readonly passed: number;
  readonly tests: number;
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /** `checks`, `cache`, `reviewer`, a person's name, or the run it was taken over from. */
  readonly by: string;
  /** A seal was judged again because something below it changed. */
  readonly again: boolean;
}

export type VerdictKind = 'module' | 'tier' | 'end-to-end' | 'approval' | 'prerequisite';

/** Journals may hold more; nobody reads more. */
const maxEvidence = 20;
const bounded = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.length > maxEvidence ? evidence.slice(0, maxEvidence) : evidence;

function testsOf(checks: readonly CheckResult[]): { passed: number; tests: number } {
  let [passed, tests] = [0, 0];
  for (const check of checks) {
    passed += check.passed;
    tests += check.passed + check.failed;
  }
  return { passed, tests };
}

/** Field by field, because spreads would be most of what it costs; most rows are these. */
export function judgedRow(
  state: RunState,
  event: VerdictGiven,
  checks: readonly CheckResult[],
  submission: Submission | null,
): VerdictRow {
  const { seq, at, gate, verdict, evidence } = event;
  const { passed, tests } = testsOf(checks);
  return {
    seq,
    at,
    runMs: runElapsedMs(state, at),
    gate,
    name: parseNodeRef(gate).id,
    kind: verdictKind(gate),
    subject: submission?.tree ?? null,
    verdict,
    passed,
    tests,
    says: judgedWords(event, checks, passed, tests, attemptOf(state, gate)),
    evidence: bounded(evidence),
    by: judge(event, checks),
    again: submission?.again ?? false,
  };
}

/** Where no reviewer speaks the summary is empty, or names the checks that failed. */
function judge({ gate, summary }: VerdictGiven, checks: readonly CheckResult[]): string {
  if (gate.startsWith('module:') && summary !== '') return 'reviewer';
  return areKept(checks) ? 'cache' : 'checks';
}

/** The same files were checked before: nothing was run again. */
const areKept = (checks: readonly CheckResult[]): boolean =>
  checks.length > 0 && checks.every(({ cached }) => cached);

/** Of a module; null of what is composed. */
function attemptOf({ graph, modules }: RunState, gate: NodeRef): number | null {
  const { kind, id } = parseNodeRef(gate);
  const node = kind === 'module' ? graph.moduleIndex.get(id as ModuleId) : undefined;
  return node === undefined ? null : modules.get(node).attempt;
}

function judgedWords(
  { verdict, evidence, summary }: VerdictGiven,
  checks: readonly CheckResult[],
  passed: number,
  tests: number,
  attempt: number | null,
): string {
  if (verdict !== 'PASS' && evidence.length > 0) return evidenceLine(evidence);
  if (summary !== '') return oneLine(summary, 160);
  const kept = areKept(checks);
  const counts = countWords(checks, passed, tests, kept);
  if (!kept) return counts;
  // On files that were judged before it may be another verdict, for other reasons than checks.
  return attempt === null
    ? t('same files, checks not repeated: {0}', counts)
    : t('attempt {0}, same files, checks not repeated: {1}', attempt, counts);
}

function countWords(
  checks: readonly CheckResult[],
  passed: number,
  tests: number,
  kept: boolean,
): string {
  if (tests > 0) {
    return passed === tests && !kept
      ? plural(tests, '{0} test ran, all passed', '{0} tests ran, all passed')
      : plural(tests, '{1} of {0} test passed', '{1} of {0} tests passed', passed);
  }
  if (checks.length === 0) return t('nothing to check');
  const fine = checks.filter(({ outcome }) => outcome === 'passed').length;
  return fine === checks.length
    ? plural(fine, '{0} check passed', '{0} checks passed')
    : plural(checks.length, '{1} of {0} check passed', '{1} of {0} checks passed', fine);
}

export function approvalRow(state: RunState, event: ApprovalGiven | ApprovalRefused): VerdictRow {
  const { gate, submission, by, note } = event;
  const given = event.type === 'approval-given';
  return {
    ...rowOf(state, event, nodeRef('gate', gate), 'approval'),
    ...noTests,
    subject: submission,
    verdict: given ? 'PASS' : 'FAIL',
    says: oneLine(note, 160) || (given ? t('approved') : t('refused')),
    by: oneLine(by, 60),
  };
}

export function prerequisiteRow(state: RunState, event: PrerequisiteChecked): VerdictRow {
  const { name, passed, evidence } = event;
  return {
    ...rowOf(state, event, `prerequisite:${name}` as NodeRef, 'prerequisite'),
    ...noTests,
    subject: null,
    verdict: passed ? 'PASS' : 'FAIL',
    says: passed ? t('it holds') : evidenceLine(evidence) || t('it does not hold'),
    evidence: bounded(evidence),
    by: 'checks',
  };
}

export function adoptedRow(state: RunState, event: SealAdopted): VerdictRow {
  const { module, tree, from } = event;
  const node = state.graph.moduleIndex.get(module);
  const tests = node === undefined ? 0 : state.modules.get(node).contract.tests;
  return {
    ...rowOf(state, event, nodeRef('module', module), 'module'),
    ...noTests,
    ...{ subject: tree, verdict: 'PASS', passed: tests, tests },
    says: t('taken over from run {0}: made from the same input', from),
    by: `run ${from}`,
  };
}

const noTests = { passed: 0, tests: 0, evidence: [], again: false } as const;

function rowOf(
  state: RunState,
  { seq, at }: { readonly seq: number; readonly at: number },
  gate: NodeRef,
  kind: VerdictKind,
): Pick<VerdictRow, 'seq' | 'at' | 'runMs' | 'gate' | 'name' | 'kind'> {
  const { id } = parseNodeRef(gate);
  const runMs = runElapsedMs(state, at);
  return { seq, at, runMs, gate, name: id, kind };
}

/** Of what checks judge. */
function verdictKind(gate: NodeRef): VerdictKind {
  if (gate.startsWith('module:')) return 'module';
  return gate.startsWith('tier:') ? 'tier' : 'end-to-end';
}
