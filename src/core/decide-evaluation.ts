import type { RecordEvaluation, Review } from './commands/judging-result.ts';
import { resolve } from './decide-conflict.ts';
import type { Deciding } from './deciding.ts';
import { disputeReviews } from './decide-dispute.ts';
import { isZero } from './budget.ts';
import { spend } from './decide-budget.ts';
import { accept, maxConfirmations } from './decide-seal.ts';
import { nodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import type { ModuleState, Submission } from './module-state.ts';
import { mergeVerdict, type CheckResult, type Evidence, type Verdict } from './verdict.ts';

/** A module's gate was run: a PASS seals it, anything else goes back to a builder. */
export function recordEvaluation(deciding: Deciding, command: RecordEvaluation): void {
  const node = moduleNode(deciding.state, command.module);
  const module = deciding.state.modules.get(node);
  const { id, life } = module;
  if (life.at !== 'evaluating' || life.order !== command.order) {
    const what = 'a verdict on what no longer stands';
    deciding.rejectLate(command.order, id, what, command.spent);
    return;
  }
  const { attempt, epoch } = life.submission.rejudged ?? module;
  const gate = nodeRef('module', id);
  // Nobody is asked about what is judged by its checks alone; whatever is spent all the same is told.
  if (deciding.state.reservations.has(command.order) || !isZero(command.spent)) {
    spend(deciding, command.order, gate, 'reviewer', command.spent);
  }
  if (life.outdated) {
    deciding.emit({ type: 'evaluation-ended', module: id, attempt, epoch });
    return;
  }
  for (const result of command.checks) deciding.emit({ type: 'check-finished', gate, result });
  const unstable = unstableChecks(module, command);
  if (unstable.length > 0) {
    escalateUnstable(deciding, module, unstable, command.checks);
    return;
  }

  const { checks, subject } = command;
  const passed = checks.every((check) => check.outcome === 'passed');
  if (command.review === null && passed) {
    const message = 'its reviewer gave no answer, so nobody can say that the contract is kept';
    const reason = 'agent-failing';
    deciding.emit({ type: 'module-escalated', module: id, reason, message, evidence: [] });
    return;
  }
  // Where a dispute was decided against its reviewers, they are not asked once more.
  const ruled = life.submission.rejudged?.by === 'ruling';
  const reviews = ruled ? [checksAlone] : [command.review ?? checksAlone, ...command.others];
  const review = strictestReview(reviews);
  const verdict = strictest(checks, review, life.submission);
  const evidence = evidenceOf(checks, reviews, life.submission);
  settleByEvidence(deciding, module, life.submission, checks, verdict);
  const { summary } = review;
  deciding.emit({ type: 'verdict-given', gate, verdict, summary, evidence, subject });
  if (verdict === 'PASS') {
    accept(deciding, node, command.seal);
  } else if (life.submission.again) {
    deciding.emit({
      type: 'module-reopened',
      module: id,
      cause: 'rejudgement',
      reason: 'it no longer passes with what it depends on',
      evidence,
      by: 'ashlar',
    });
  } else if (life.submission.confirms) refute(deciding, node, evidence);
  else disputeReviews(deciding, node, reviews, passed && life.submission.problems.length === 0);
}

/** What passed on a stub does not pass with the real thing. */
function refute(deciding: Deciding, node: number, evidence: readonly Evidence[]): void {
  const { id: module, confirmations } = deciding.state.modules.get(node);
  const round = confirmations + 1;
  deciding.emit({ type: 'confirmation-failed', module, round, evidence });
  if (round < maxConfirmations) return;
  deciding.emit({
    type: 'module-escalated',
    module,
    reason: 'confirmation',
    message: `it passed on stubs and failed ${round} times with the real thing; amend its contract or that of what it needs, and it goes on`,
    evidence,
  });
}

/** Two outcomes for the same files: told by the runner, or seen when a dispute had the checks run anew. */
function unstableChecks(
  { life, judgement }: ModuleState,
  { checks, subject }: RecordEvaluation,
): readonly string[] {
  const told = checks.filter(({ outcome }) => outcome === 'unstable').map(({ check }) => check);
  const anew = life.at === 'evaluating' && life.submission.rejudged?.by === 'evidence';
  if (!anew || judgement?.subject !== subject) return told;
  const passes = checks.filter(({ outcome }) => outcome === 'passed').map(({ check }) => check);
  return [...told, ...passes.filter((check) => judgement.failed.includes(check))];
}

function escalateUnstable(
  deciding: Deciding,
  { id: module, conflict }: ModuleState,
  unstable: readonly string[],
  checks: readonly CheckResult[],
): void {
  const gate = nodeRef('module', module);
  for (const check of unstable) deciding.emit({ type: 'check-unstable', gate, check });
  const names = unstable.join(', ');
  const reason = `the same tree gave two outcomes of ${names}; amend the contract's tests`;
  if (conflict !== null)
    resolve(deciding, conflict, { rule: 'evidence', decision: 'amend', reason });
  const evidence = checks.flatMap((check) =>
    unstable.includes(check.check) ? check.evidence : [],
  );
  const escalated = { type: 'module-escalated', module, reason: 'check-unstable' } as const;
  deciding.emit({ ...escalated, message: reason, evidence });
}

/** A dispute had the failing checks run anew: what they say now decides it, with the reviewer's word. */
function settleByEvidence(
  deciding: Deciding,
  { conflict }: ModuleState,
  { rejudged }: Submission,
  checks: readonly CheckResult[],
  verdict: Verdict,
): void {
  if (conflict === null || rejudged?.by !== 'evidence') return;
  const failed = checks.filter(({ outcome }) => outcome !== 'passed').map(({ check }) => check);
  const rule = 'evidence';
  if (failed.length > 0) {
    const reason = `${failed.join(', ')} was run again on the same submission, and fails again`;
    resolve(deciding, conflict, { rule, decision: 'uphold', reason });
  } else if (verdict !== 'PASS') {
    const reason = `its checks pass now, and the verdict on it is ${verdict} all the same`;
    resolve(deciding, conflict, { rule, decision: 'uphold', reason });
  } else {
    const reason = 'its checks pass now, on what it depends on by now';
    resolve(deciding, conflict, { rule, decision: 'overturn', reason });
  }
}

/** Where no reviewer speaks, the checks alone decide. */
export const checksAlone: Review = {
  verdict: 'PASS',
  summary: '',
  evidence: [],
  testsWrong: null,
};

const strictness: Record<Verdict, number> = { PASS: 0, NEEDS_REVISION: 1, FAIL: 2 };

/** Of several reviewers the strictest stands; who holds the tests to be wrong lets nothing pass. */
export function strictestReview(reviews: readonly Review[]): Review {
  let strictest = checksAlone;
  for (const review of reviews.map(doubting)) {
    const stricter = strictness[review.verdict] > strictness[strictest.verdict];
    if (stricter || strictest === checksAlone) strictest = review;
  }
  return strictest;
}

const doubting = (review: Review): Review =>
  review.testsWrong !== null && review.verdict === 'PASS'
    ? { ...review, verdict: 'NEEDS_REVISION' }
    : review;

/** Checks, reviewer, and whether the submission kept to its paths: the strictest stands (law 3). */
export function strictest(
  checks: readonly CheckResult[],
  review: Review,
  submission: Submission,
): Verdict {
  const merged = mergeVerdict(checks, review.verdict);
  return merged === 'PASS' && submission.problems.length > 0 ? 'NEEDS_REVISION' : merged;
}

function evidenceOf(
  checks: readonly CheckResult[],
  reviews: readonly Review[],
  { problems }: Submission,
): Evidence[] {
  const failed = checks.filter((check) => check.outcome !== 'passed');
  const said = reviews.flatMap(({ evidence, testsWrong }) => [
    ...evidence,
    ...(testsWrong === null ? [] : [testsEvidence(testsWrong.reason)]),
  ]);
  return [...failed.flatMap((check) => check.evidence), ...problems, ...said];
}

function testsEvidence(reason: string): Evidence {
  const says = `the contract's tests are held to be wrong: ${reason}`.slice(0, 4_000);
  return { kind: 'review', check: null, test: null, file: null, line: null, says };
}
