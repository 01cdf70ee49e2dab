import type * as z from 'zod';
import type { AskedQuestions, Unsuitable } from '../outcome.ts';
import type { Unspent } from '../tools/tool.ts';
import { unsuitableAnswer } from './assessment.ts';
import { questionsAnswer } from './questions.ts';

/** What an architect may answer instead of what it was asked for. */
export const otherAnswers = {
  questions: questionsAnswer.nullable().describe('Instead; null where you can go on'),
  unsuitable: unsuitableAnswer
    .nullable()
    .describe('Instead: why something simpler fits better; null where it does not'),
};

interface Others {
  readonly questions: z.output<typeof questionsAnswer> | null;
  readonly unsuitable: z.output<typeof unsuitableAnswer> | null;
}

/** The answer instead; a text where it is none; null where the work itself was done. */
export function instead(
  { questions, unsuitable }: Others,
  isDone: boolean,
  work: string,
  mayAsk: boolean,
): Unspent<AskedQuestions | Unsuitable> | string | null {
  const given = [isDone, questions !== null, unsuitable !== null].filter(Boolean).length;
  if (given !== 1) return `exactly one of ${work}, questions and unsuitable is to be given`;
  if (questions !== null) {
    if (mayAsk) return { kind: 'asked-questions', questions };
    return `questions: nobody can be asked any more; assume what is not known, and say so in ${work}`;
  }
  return unsuitable === null ? null : { kind: 'unsuitable', ...unsuitable };
}
