import type { Findings } from '../../core/commands/builder-result.ts';
import type { Amount } from '../../core/budget.ts';
import type { TestsWrong } from '../../core/commands/judging-result.ts';
import type { Ruling } from '../../core/conflict.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Assessment, SimplerPattern } from '../../core/plan/assessment.ts';
import type { SplitPart } from '../../core/plan/split-plan.ts';
import type { Evidence, Verdict } from '../../core/verdict.ts';
import type { Design } from '../architect/design.ts';

/** An agent's one answer. Texts are hostile until {@link boundOutcome} has seen them. */
export type AgentOutcome =
  | Submitted
  | Disputed
  | Reviewed
  | Blamed
  | ContractWritten
  | Cut
  | Arbitrated
  | Researched
  | Assessed
  | AskedQuestions
  | Proposed
  | Unsuitable
  | Exhausted
  | Refused
  | Failed;

interface Outcome {
  /** Since the task began. */
  readonly spent: Amount;
}

/** A builder is done: what it wrote lies in its folder. */
export interface Submitted extends Outcome {
  readonly kind: 'submitted';
  readonly summary: string;
  /** For the other side of feedback pairs. */
  readonly findings: readonly Findings[];
}

/** A builder holds the verdict that it was to heed to be wrong, and hands nothing in. */
export interface Disputed extends Outcome {
  readonly kind: 'disputed';
  readonly reason: string;
}

/** An evaluator's judgement. */
export interface Reviewed extends Outcome {
  readonly kind: 'reviewed';
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** Why it holds the contract's tests to be wrong; null where it does not. */
  readonly testsWrong: TestsWrong | null;
}

/** An integrator's: this module is to be reopened. */
export interface Blamed extends Outcome {
  readonly kind: 'blamed';
  readonly module: ModuleId;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
}

/** A contract author is done: the new version lies in its folder. */
export interface ContractWritten extends Outcome {
  readonly kind: 'contract-written';
  readonly summary: string;
  /** Why this version differs from the one before, as the amendment will say. */
  readonly reason: string;
}

/** A module was cut into parts, whose contracts lie in the folder. */
export interface Cut extends Outcome {
  readonly kind: 'cut';
  readonly summary: string;
  readonly parts: readonly SplitPart[];
}

/** An arbiter's word on a dispute. */
export interface Arbitrated extends Outcome {
  readonly kind: 'arbitrated';
  readonly decision: Ruling;
  readonly reason: string;
}

/** A scout's findings. */
export interface Researched extends Outcome {
  readonly kind: 'researched';
  /** One page. */
  readonly findings: string;
}

/** An architect's word on whether a goal can be built side by side. */
export interface Assessed extends Outcome {
  readonly kind: 'assessed';
  readonly assessment: Assessment;
}

/** An architect cannot go on without knowing more; only where its task lets it ask. */
export interface AskedQuestions extends Outcome {
  readonly kind: 'asked-questions';
  readonly questions: readonly Question[];
}

export interface Question {
  readonly question: string;
  /** What could be answered; empty where it is open. Other answers are as good. */
  readonly options: readonly string[];
}

/** An architect's plan for a goal. */
export interface Proposed extends Outcome {
  readonly kind: 'proposed';
  readonly summary: string;
  /** In the form of a plan file; held against its schema by whoever takes it. */
  readonly plan: Readonly<Record<string, unknown>>;
  readonly design: Design;
  /** Files that the plan speaks of and that are not there yet: specifications, contracts, tests, stubs. */
  readonly files: readonly ProposedFile[];
}

export interface ProposedFile {
  /** Root-relative. */
  readonly path: string;
  readonly text: string;
}

/** An architect holds building side by side to be wrong for the goal. */
export interface Unsuitable extends Outcome {
  readonly kind: 'unsuitable';
  readonly recommends: SimplerPattern;
  readonly reason: string;
}

/** The next call would have overrun the allowance, so it was not made. */
export interface Exhausted extends Outcome {
  readonly kind: 'exhausted';
  readonly what: keyof Amount;
}

/** The model will not do this task, whoever asks again. */
export interface Refused extends Outcome {
  readonly kind: 'refused';
  readonly reason: string;
}

/** No answer, for a reason that is not in the task. */
export interface Failed extends Outcome {
  readonly kind: 'failed';
  readonly code: AgentFailureCode;
  readonly message: string;
  readonly retry: Retry;
}

/** Whether another agent of the same task, in a later epoch, may fare better. */
export type Retry =
  { readonly kind: 'terminal' } | { readonly kind: 'retryable'; readonly afterMs: number };

export type AgentFailureCode =
  /** it ended because its signal aborted */
  | 'aborted'
  /** the agent died at work */
  | 'agent-crashed'
  /** the provider broke its promise not to throw */
  | 'provider-threw'
  /** the provider has no agent for this task */
  | 'no-turn'
  /** a scripted turn's files are no longer as they were when the script was loaded */
  | 'script-changed'
  /** the work folder does not take what the agent writes: a link stands in the path, the disk is full */
  | 'folder-refused'
  /** the provider cannot be reached or stays out of order, however often it was tried */
  | 'provider-down'
  /** the provider gets no key, or refuses it */
  | 'unauthorised'
  /** the provider wants to be paid first: what was paid for is used up */
  | 'unpaid'
  /** the provider has no such model, or nobody has allowed it */
  | 'no-model'
  /** what the task needs is more than the provider takes at once */
  | 'too-large'
  /** the provider does not take what it was asked: a fault of ours or of the settings */
  | 'bad-request'
  /** the agent's answer holds to no shape that it was asked for, its second try neither */
  | 'bad-answer'
  /** the conversation has outgrown what the model can read */
  | 'context-full';
