import type { Amount } from '../../core/budget.ts';
import type { SimplerPattern } from '../../core/plan/assessment.ts';
import type { PreconditionTest } from '../../core/plan/precondition-test.ts';
import type { RunId } from '../../core/ids.ts';
import type { Question } from '../agents/outcome.ts';
import type { Diagnostic } from '../plan/diagnostic.ts';
import type { PlanningAccount } from './planning-costs.ts';

/** What planning a goal came to. */
export type PlannedGoal = (ProposedPlan | NotSuitable | QuestionsOpen | NotPlanned) & {
  readonly spent: Amount;
  /** What its models cost, by role and by model. */
  readonly costs: PlanningAccount;
  /** What its transcripts are found by; null where nobody was asked for anything. */
  readonly planning: RunId | null;
  /** What a person should know of how it went. */
  readonly notes: readonly string[];
};

/** A plan was written, with its design beside it. */
export interface ProposedPlan {
  readonly kind: 'proposed';
  /** From the workspace. */
  readonly planFile: string;
  readonly designFile: string;
  /** What was written besides, from the workspace. */
  readonly files: readonly string[];
  readonly summary: string;
  readonly test: PreconditionTest;
  /** Of the file as it was written, by its text and the workspace's files. */
  readonly diagnostics: readonly Diagnostic[];
  /** What a run of it would carry out: to be read before there is one. */
  readonly commands: readonly string[];
  /** What keeps it from being run; empty where it is fit as far as could be told without running. */
  readonly problems: readonly string[];
}

/** Building side by side does not fit the goal. */
export interface NotSuitable {
  readonly kind: 'unsuitable';
  readonly recommends: SimplerPattern;
  /** In the words of whoever says so. */
  readonly reasons: readonly string[];
  /** null where the architect would not even cut the work into pieces. */
  readonly test: PreconditionTest | null;
}

/** A person is to answer first; what was found out until now is kept. */
export interface QuestionsOpen {
  readonly kind: 'questions';
  readonly questions: readonly Question[];
}

/** It could not be planned. */
export interface NotPlanned {
  readonly kind: 'failed';
  /** `interrupted`: by whoever asked for it. */
  readonly code: string;
  readonly message: string;
  /** What of its budget it is out of; left out where it is not that. */
  readonly exhausted?: keyof Amount;
}
