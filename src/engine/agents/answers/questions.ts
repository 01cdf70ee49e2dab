import * as z from 'zod';
import { planningLimits } from '../bound-planning.ts';

/** What an architect asks a person, at most once. */
export const questionsAnswer = z
  .array(
    z.strictObject({
      question: z
        .string()
        .min(1)
        .max(planningLimits.questionChars)
        .describe('One question that a person can answer in a line'),
      options: z
        .array(z.string().min(1).max(planningLimits.optionChars))
        .max(planningLimits.options)
        .default([])
        .describe('Likely answers, the one you would take first; none where it is open'),
    }),
  )
  .min(1)
  .max(planningLimits.questions)
  .describe(
    'Only what decides how the work is cut or when it is done, and what the goal and the files do not say',
  );
