import type { Assessment } from '../../core/plan/assessment.ts';
import type { Question } from '../agents/outcome.ts';
import type { AnsweredQuestion } from '../agents/task.ts';
import { interrupted, type PlanningEnd, type QuestionRound } from './consult.ts';

/** Puts questions to a person who is there: an answer each, or null where the person leaves. */
export type AskPerson = (
  questions: readonly Question[],
  signal: AbortSignal,
) => Promise<readonly string[] | null>;

export interface RoundParts {
  /** False: what is not known has to be assumed. */
  readonly mayAsk: boolean;
  /** What was answered before planning began. */
  readonly answers: readonly AnsweredQuestion[];
  /** null: nobody is there, so the questions are kept. */
  readonly person: AskPerson | null;
  readonly signal: AbortSignal;
  /** Keeps what is known until the questions are answered. */
  readonly keep: (questions: readonly Question[], assessment: Assessment | null) => Promise<void>;
}

/** Questions are put once: whoever asked goes on with the answers, whatever they are. */
export function questionRound(parts: RoundParts): QuestionRound {
  const { person, signal, keep } = parts;
  let { answers, mayAsk } = parts;
  const ask = async (
    questions: readonly Question[],
    assessment: Assessment | null,
  ): Promise<PlanningEnd | null> => {
    mayAsk = false;
    if (person === null) {
      await keep(questions, assessment);
      return { kind: 'questions', questions };
    }
    const given = await person(questions, signal);
    if (given === null) return interrupted;
    answers = answered(questions, given);
    return null;
  };
  return {
    get answers() {
      return answers;
    },
    get mayAsk() {
      return mayAsk;
    },
    ask,
  };
}

const maxAnswerChars = 2_000;

/** An answer that is left out says that it does not matter. */
export const answered = (
  questions: readonly Question[],
  given: readonly string[],
): AnsweredQuestion[] =>
  questions.map(({ question }, index) => ({
    question,
    answer:
      (given[index] ?? '').trim().slice(0, maxAnswerChars) || 'No preference: decide yourself.',
  }));
