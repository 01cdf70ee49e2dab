import type { TestsWrong } from '../../core/commands/judging-result.ts';
import { unsafePath } from '../../core/paths.ts';
import { oneLine, onePage } from '../../core/projections/safe-text.ts';
import type { Evidence } from '../../core/verdict.ts';
import { splitLimits, type SplitPart } from '../../core/plan/split-plan.ts';
import { boundAssessment, boundProposal, boundQuestions } from './bound-planning.ts';
import type { AgentOutcome } from './outcome.ts';

const maxEvidence = 50;
const maxPartners = 20;
const maxFindings = 20;
const findingLength = 500;

/** The outcome as it may enter the journal: texts of bounded size, evidence that is a reviewer's. */
export function boundOutcome(outcome: AgentOutcome): AgentOutcome {
  switch (outcome.kind) {
    case 'submitted':
      return {
        ...outcome,
        summary: onePage(outcome.summary),
        findings: outcome.findings.slice(0, maxPartners).map(({ to, items }) => ({
          to,
          items: items.slice(0, maxFindings).map((item) => oneLine(item, findingLength)),
        })),
      };
    case 'reviewed':
      return {
        ...outcome,
        summary: onePage(outcome.summary),
        evidence: outcome.evidence.slice(0, maxEvidence).map(boundEvidence),
        testsWrong: outcome.testsWrong === null ? null : boundDoubt(outcome.testsWrong),
      };
    case 'blamed':
      return {
        ...outcome,
        summary: onePage(outcome.summary),
        evidence: outcome.evidence.slice(0, maxEvidence).map(boundEvidence),
      };
    case 'contract-written':
      return {
        ...outcome,
        summary: onePage(outcome.summary),
        reason: onePage(outcome.reason),
      };
    case 'cut':
      // What the parts hold is bounded and judged by the rules of a split.
      return {
        ...outcome,
        summary: onePage(outcome.summary),
        parts: outcome.parts.slice(0, splitLimits.parts + 1).map(boundPart),
      };
    case 'arbitrated':
    case 'disputed':
    case 'refused':
      return { ...outcome, reason: onePage(outcome.reason) };
    case 'failed':
      return { ...outcome, message: onePage(outcome.message) };
    case 'researched':
      return { ...outcome, findings: onePage(outcome.findings) };
    case 'assessed':
      return { ...outcome, assessment: boundAssessment(outcome.assessment) };
    case 'asked-questions':
      return { ...outcome, questions: boundQuestions(outcome.questions) };
    case 'proposed':
      return boundProposal(outcome);
    case 'unsuitable':
      return { ...outcome, reason: onePage(outcome.reason) };
    case 'exhausted':
      return outcome;
  }
}

/** Enough of it to be refused by, where it is too much. */
function boundPart(part: SplitPart): SplitPart {
  const { owns, needs, checks } = part;
  const most = 100;
  return {
    ...part,
    ...{ id: oneLine(part.id), purpose: oneLine(part.purpose, 2_000) },
    owns: owns.slice(0, most).map((each) => each.slice(0, 1_000)),
    needs: needs.slice(0, most).map((each) => each.slice(0, 200)),
    checks: checks.slice(0, most).map(({ name, run, report }) => ({
      ...{ name: name.slice(0, 200), run: run.slice(0, 2_000), report },
    })),
  };
}

function boundDoubt({ reason, tests }: TestsWrong): TestsWrong {
  return {
    reason: onePage(reason),
    tests: tests.slice(0, maxEvidence).map((test) => oneLine(test)),
  };
}

/** An agent cannot speak as a check: whatever kind it claims, what it says is a review. */
function boundEvidence(evidence: Evidence): Evidence {
  const { check, test, file, line } = evidence;
  return {
    kind: 'review',
    check: check === null ? null : oneLine(check),
    test: test === null ? null : oneLine(test),
    file: file === null || unsafePath(file) !== null ? null : oneLine(file),
    line: line !== null && Number.isSafeInteger(line) && line > 0 ? line : null,
    says: onePage(evidence.says),
  };
}
