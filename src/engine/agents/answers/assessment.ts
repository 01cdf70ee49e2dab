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

/** A model says everything; who writes by hand may leave out what goes without saying. */
const given = <Schema extends z.ZodType>(
  schema: Schema,
  byDefault: z.output<Schema> & z.core.util.NoUndefined<z.output<Schema>>,
  isByHand: boolean,
): Schema => (isByHand ? (schema.default(byDefault) as unknown as Schema) : schema);

const piece = (isByHand: boolean) =>
  z.strictObject({
    id: name.describe('A short name'),
    purpose: z
      .string()
      .min(1)
      .max(planningLimits.purposeChars)
      .describe('What it is for, in a sentence'),
    needs: given(
      z
        .array(
          z.strictObject({
            on: name.describe('Another piece'),
            kind: given(z.enum(['hard', 'soft']), 'hard', isByHand).describe(
              'soft: a stand-in of the other is enough to begin with',
            ),
          }),
        )
        .max(assessmentLimits.needs),
      [],
      isByHand,
    ).describe('What it waits for; only what it cannot begin without'),
    minutes: z
      .number()
      .gt(0)
      .max(assessmentLimits.minutes)
      .describe('How long one agent takes to build it, its tests passing'),
    review: given(z.number().gt(0).max(assessmentLimits.minutes), 1, isByHand).describe(
      'How long judging it takes, in minutes',
    ),
    tokens: z
      .int()
      .min(1)
      .max(assessmentLimits.tokens)
      .describe('How many tokens building it will use, all that is read again included'),
  });

/** Whether a goal can be built side by side: three conditions and what it would be cut into. */
export const assessmentShape = ({ isByHand }: { readonly isByHand: boolean }) =>
  z
    .strictObject({
      conditions: z.strictObject({
        modules: condition('There are natural boundaries, with three modules or more between them'),
        interfaces: condition('Each module can be tested from outside, without the others'),
        workPerModule: condition('The work in each module repays what coordinating it costs'),
      }),
      pieces: z
        .array(piece(isByHand))
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
    recommends: z
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
