import { unitWords } from '../../core/budget.ts';
import { inEnglish } from '../../core/language.ts';
import { amountWords } from '../../core/projections/budgets.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Assessment } from '../../core/plan/assessment.ts';
import type { Question } from '../agents/outcome.ts';
import type { SupervisedOutcome } from '../agents/supervision.ts';
import type { AnsweredQuestion, ArchitectTask, Finding, PreconditionTask } from '../agents/task.ts';
import { withoutAnswer } from '../perform/planner-end.ts';
import type { NotPlanned, NotSuitable, QuestionsOpen } from './planned-goal.ts';
import { isUnserved } from '../perform/unserved.ts';
import { unservedPlanning } from './unserved-planning.ts';
import { planningAgent, type PlanningDesk, type PlanningWork } from './planning-desk.ts';

/** Why planning ends before there is a plan. */
export type PlanningEnd = NotPlanned | NotSuitable | QuestionsOpen;

/** What is known of a goal, as every step of its architects gets it. */
export interface KnownGoal {
  readonly goal: string;
  readonly findings: readonly Finding[];
  readonly round: QuestionRound;
}

/** The one round of questions that a planning has. */
export interface QuestionRound {
  /** What was answered; empty before. */
  readonly answers: readonly AnsweredQuestion[];
  readonly mayAsk: boolean;
  /** Puts them to a person: null where the answers are there now. */
  readonly ask: (
    questions: readonly Question[],
    assessment: Assessment | null,
  ) => Promise<PlanningEnd | null>;
}

/** What every task of an architect that plans a goal holds. */
export type Informed = Omit<PlanningWork<PreconditionTask>, 'work'>;

export interface Consultation {
  /** As the agent is called in what people read. */
  readonly who: string;
  /** Of what is left of the budget. */
  readonly share: number;
  /** The number of its first task; further ones follow where it asks. */
  readonly draft: number;
  /** What is kept with questions; null where there is none yet. */
  readonly assessment: Assessment | null;
  readonly work: (given: Informed) => PlanningWork<PreconditionTask | ArchitectTask>;
}

export type Consulted =
  | { readonly at: 'answered'; readonly outcome: SupervisedOutcome; readonly draft: number }
  | { readonly at: 'end'; readonly end: PlanningEnd };

/** Asks an architect, and again with a person's answers where it asks back. */
export async function consult(
  desk: PlanningDesk,
  { goal, findings, round }: KnownGoal,
  consultation: Consultation,
): Promise<Consulted> {
  const { who, share, assessment, work } = consultation;
  for (let { draft } = consultation; ; draft++) {
    const { answers, mayAsk } = round;
    const given: Informed = { role: 'architect', goal, draft, findings, answers, mayAsk };
    const [reserved] = desk.purse.reserve(share);
    if (reserved === undefined) throw new Error('a purse gives as many parts as it is asked for');
    const outcome = await planningAgent(desk, who, work(given), reserved);
    if (outcome.kind !== 'asked-questions') return { at: 'answered', outcome, draft };
    if (!mayAsk) {
      const message = `${who} asked again, though it had to go on with what is known`;
      return { at: 'end', end: { kind: 'failed', code: 'asked-again', message } };
    }
    const end = await round.ask(outcome.questions, assessment);
    if (end !== null) return { at: 'end', end };
  }
}

/** What an answer that is none to the task means for the planning. */
export function endedWithout(
  desk: PlanningDesk,
  outcome: SupervisedOutcome,
  who: string,
): NotPlanned {
  if (outcome.kind === 'aborted') return interrupted;
  if (outcome.kind === 'exhausted') {
    const { what } = outcome;
    const inAll =
      what === 'ms'
        ? ''
        : `: planning may use ${inEnglish(() => amountWords(what, desk.purse.total[what]))} in all`;
    const message = `${who} is out of ${unitWords[what]}${inAll}; allow planning more of it`;
    return { kind: 'failed', code: 'exhausted', message, exhausted: what };
  }
  if (isUnserved(outcome)) return unservedPlanning(desk, outcome);
  const { code, message } = withoutAnswer(outcome);
  return { kind: 'failed', code, message: `${who}: ${oneLine(message, 500)}` };
}

export const interrupted: NotPlanned = {
  ...{ kind: 'failed', code: 'interrupted', message: 'interrupted; nothing was written' },
};
