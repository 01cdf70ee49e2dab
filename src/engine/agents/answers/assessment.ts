import * as z from 'zod';
import { pieceFaults } from '../../../core/plan/piece-faults.ts';
import { assessmentLimits, simplerPatterns } from '../../../core/plan/assessment.ts';
import { isName } from '../../../core/ids.ts';
import { planningLimits } from '../bound-planning.ts';

const condition = (holds: string) =>
  z
    .strictObject({
      holds: z.boolean().describe(holds),
      says: z
        .string()
        .min(1)
        .max(planningLimits.conditionChars)
        .describe('Why, in a sentence or two'),
      evidence: z
        .array(z.string().min(1).max(planningLimits.evidenceChars))
        .min(1)
        .max(assessmentLimits.evidence)
        .describe('What shows it: a file with its line, or what a scout found'),
    })
    .describe('One of the three conditions, with what shows it');

const name = z.string().refine(isName, 'must be 1 to 40 of a-z, 0-9 and -, the first one a letter');

const piece = z.strictObject({
  id: name.describe('A short name'),
  purpose: z
    .string()
    .min(1)
    .max(planningLimits.purposeChars)
    .describe('What it is for, in a sentence'),
  needs: z
    .array(
      z.strictObject({
        on: name.describe('Another piece'),
        kind: z
          .enum(['hard', 'soft'])
          .default('hard')
          .describe('soft: a stand-in of the other is enough to begin with'),
      }),
    )
    .max(assessmentLimits.needs)
    .default([])
    .describe('What it waits for; only what it cannot begin without'),
  minutes: z
    .number()
    .gt(0)
    .max(assessmentLimits.minutes)
    .describe('How long one agent takes to build it, its tests passing'),
  review: z
    .number()
    .gt(0)
    .max(assessmentLimits.minutes)
    .default(1)
    .describe('How long judging it takes'),
  tokens: z
    .int()
    .min(1)
    .max(assessmentLimits.tokens)
    .describe('How many tokens building it will use, all that is read again included'),
});

/** Whether a goal can be built side by side: three conditions and what it would be cut into. */
export const assessmentAnswer = z
  .strictObject({
    conditions: z.strictObject({
      modules: condition('There are natural boundaries, with three modules or more between them'),
      interfaces: condition('Each module can be tested from outside, without the others'),
      workPerModule: condition('The work in each module repays what coordinating it costs'),
    }),
    pieces: z
      .array(piece)
      .min(1)
      .max(assessmentLimits.pieces)
      .describe('What the work is cut into'),
  })
  .superRefine(({ pieces }, context) => {
    for (const { index, message } of pieceFaults(pieces)) {
      context.addIssue({ code: 'custom', path: ['pieces', index], message });
    }
  });

/** That the goal is better gone about in another way. */
export const unsuitableAnswer = z
  .strictObject({
    pattern: z
      .enum(simplerPatterns)
      .describe(
        'one-agent: small or inseparable; managed-pair: two parts, or one that needs a second pair of eyes; test-driven-pairing: long, and only tests can find its interfaces',
      ),
    reason: z
      .string()
      .min(1)
      .max(planningLimits.conditionChars)
      .describe('Why, in a sentence or two'),
  })
  .describe('Why building side by side does not fit the goal, and what does');
