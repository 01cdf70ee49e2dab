import * as z from 'zod';
import { answerOf, type Answer } from './answer.ts';
import { instead, otherAnswers } from './architect-alternatives.ts';
import { assessmentShape } from './assessment.ts';

const shape = z.strictObject({
  assessment: assessmentShape({ isByHand: false })
    .nullable()
    .describe('The three conditions and the pieces; null only where you ask or refuse instead'),
  ...otherAnswers,
});

/** Whether the conditions hold; or a question, or that something simpler fits better. */
export const preconditionAnswer = (mayAsk: boolean): Answer =>
  answerOf('precondition', shape, ({ assessment, ...others }) => {
    const other = instead(others, assessment !== null, 'assessment', mayAsk);
    if (other !== null) return other;
    if (assessment === null) throw new Error('an answer is one of three');
    return { kind: 'assessed', assessment };
  });
