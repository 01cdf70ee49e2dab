import type { RecordEvaluation, Review } from './commands.ts';
import type { Deciding } from './deciding.ts';
import { spend } from './decide-budget.ts';
import { accept, maxConfirmations } from './decide-seal.ts';
import { nodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import type { Submission } from './state.ts';
import { mergeVerdict, type CheckResult, type Evidence, type Verdict } from './verdict.ts';

/** A module's gate was run: a PASS seals it, anything else goes back to a builder. */
export function recordEvaluation(deciding: Deciding, command: RecordEvaluation): void {
  const node = moduleNode(deciding.state, command.module);
  const module = deciding.state.modules.get(node);
  const { id, life, attempt, epoch } = module;
  if (life.at !== 'evaluating' || life.order !== command.order) {
    const what = 'a verdict on what no longer stands';
    deciding.rejectLate(command.order, id, what, command.spent);
    return;
  }
  const gate = nodeRef('module', id);
  spend(deciding, command.order, gate, 'reviewer', command.spent);
  if (life.outdated) {
    deciding.emit({ type: 'evaluation-ended', module: id, attempt, epoch });
    return;
  }
  for (const result of command.checks) deciding.emit({ type: 'check-finished', gate, result });
  const unstable = command.checks.filter((check) => check.outcome === 'unstable');
  if (unstable.length > 0) {
    for (const { check } of unstable) deciding.emit({ type: 'check-unstable', gate, check });
    const names = unstable.map(({ check }) => check).join(', ');
    deciding.emit({
      type: 'module-escalated',
      module: id,
      reason: 'check-unstable',
      message: `the same tree gave two outcomes of ${names}; amend the contract's tests`,
      evidence: unstable.flatMap((check) => check.evidence),
    });
    return;
  }

  const { checks } = command;
  const review = command.review ?? checksAlone;
  if (command.review === null && checks.every((check) => check.outcome === 'passed')) {
    const message = 'its reviewer gave no answer, so nobody can say that the contract is kept';
    const reason = 'agent-failing';
    deciding.emit({ type: 'module-escalated', module: id, reason, message, evidence: [] });
    return;
  }
  const verdict = strictest(checks, review, life.submission);
  const evidence = evidenceOf(checks, review, life.submission);
  const { summary } = review;
  deciding.emit({ type: 'verdict-given', gate, verdict, summary, evidence });
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
    message: `it passed on stubs and failed ${round} times with the real thing; amend its contract or that of what it needs`,
    evidence,
  });
}

/** Where no reviewer speaks, the checks alone decide. */
export const checksAlone: Review = { verdict: 'PASS', summary: '', evidence: [] };

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
  review: Review,
  { problems }: Submission,
): Evidence[] {
  const failed = checks.filter((check) => check.outcome !== 'passed');
  return [...failed.flatMap((check) => check.evidence), ...problems, ...review.evidence];
}
