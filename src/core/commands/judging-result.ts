import type { Amount } from '../budget.ts';
import type { Digest, GateId, ModuleId, NodeRef, TreeId } from '../ids.ts';
import type { CheckResult, Evidence, Verdict } from '../verdict.ts';
import type { OfModule, Reported } from './asked.ts';

/** A module's gate was run: its checks, and what a reviewer made of them. */
export interface RecordEvaluation extends OfModule {
  readonly type: 'record-evaluation';
  /** The assembled tree that was judged. */
  readonly subject: TreeId;
  readonly checks: readonly CheckResult[];
  /** null: there is a reviewer for this module, but it gave no answer. */
  readonly review: Review | null;
  /** What further reviewers made of the same submission, each on its own. */
  readonly others: readonly Review[];
  /** Written to the store before this command, where the verdict can be PASS; else null. */
  readonly seal: Digest | null;
  readonly spent: Amount;
}

export interface Review {
  /** PASS where no reviewer spoke. */
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** Why the contract's tests are held to be wrong, and which; null where they are not. */
  readonly testsWrong: TestsWrong | null;
}

export interface TestsWrong {
  readonly reason: string;
  /** Full names; empty where it is about all of them. */
  readonly tests: readonly string[];
}

/** A tier or an end-to-end gate was run. */
export interface RecordIntegration extends Reported {
  readonly type: 'record-integration';
  /** `tier:…` or `gate:…` */
  readonly gate: NodeRef;
  readonly tree: TreeId;
  readonly checks: readonly CheckResult[];
  /** One for each failing check; empty where nobody can be blamed. */
  readonly blames: readonly Blame[];
  readonly spent: Amount;
}

export interface Blame {
  readonly check: string;
  readonly between: readonly ModuleId[];
  readonly blamed: ModuleId;
  readonly how: 'declared' | 'stubs' | 'integrator';
  readonly reason: string;
}

/** What an approval gate is about, composed and digested. */
export interface RecordSubject extends Reported {
  readonly type: 'record-subject';
  readonly gate: GateId;
  readonly submission: Digest;
}

/** Of what was judged. */
export type JudgingResult = RecordEvaluation | RecordIntegration | RecordSubject;
