import * as z from 'zod';
import { planningLimits } from '../bound-planning.ts';

const options = z
  .array(z.string().min(1).max(planningLimits.optionChars))
  .max(planningLimits.options);

const question = z
  .string()
  .min(1)
  .max(planningLimits.questionChars)
  .describe('One question that a person can answer in a line');

const likely = 'Likely answers, the one you would take first; none where it is open';

/** What an architect asks a person, at most once. */
export const questionsAnswer = z
  .array(z.strictObject({ question, options: options.describe(likely) }))
  .min(1)
  .max(planningLimits.questions)
  .describe(
    'Only what decides how the work is cut or when it is done, and what the goal and the files do not say',
  );

/** The same as people write it: an open question need not say that it is. */
export const questionsByHand = z
  .array(z.strictObject({ question, options: options.default([]).describe(likely) }))
  .min(1)
  .max(planningLimits.questions);
