import * as z from 'zod';
import { assessmentShape, unsuitableAnswer } from '../answers/assessment.ts';
import { questionsByHand } from '../answers/questions.ts';
import { common, holdTogether } from './turn-schema.ts';

/** What a `turn.yaml` of those may say that plan a goal. */

export const scoutTurnSchema = z
  .strictObject({
    ...common,
    findings: z
      .string()
      .min(1)
      .optional()
      .describe('What it found; one page is kept of it. The summary if left out.'),
  })
  .superRefine(holdTogether);

const otherAnswers = {
  questions: questionsByHand
    .optional()
    .describe(
      'Instead of its work: up to five, each with a `question` and, where they are known, `options`.',
    ),
  unsuitable: unsuitableAnswer
    .optional()
    .describe(
      'Instead of its work: what it `recommends` (`one-agent`, `managed-pair` or `test-driven-pairing`) and the `reason`.',
    ),
};

export const preconditionTurnSchema = z
  .strictObject({
    ...common,
    ...otherAnswers,
    assessment: assessmentShape({ isByHand: true })
      .optional()
      .describe(
        'The three `conditions` (`modules`, `interfaces`, `workPerModule`), each with `holds`, `says` and `evidence`, and the `pieces`, each with `id`, `purpose`, `minutes`, `tokens` and, where they are wanted, `review` and `needs` (`on`, `kind`).',
      ),
  })
  .superRefine(holdTogether)
  .superRefine(({ assessment, questions, unsuitable }, context) => {
    const given = [assessment, questions, unsuitable].filter((each) => each !== undefined);
    if (given.length === 1) return;
    const message = 'says one of assessment, questions and unsuitable';
    context.addIssue({ code: 'custom', path: [], message });
  });

export const architectTurnSchema = z
  .strictObject({ ...common, ...otherAnswers })
  .superRefine(holdTogether)
  .superRefine(({ questions, unsuitable }, context) => {
    if (questions === undefined || unsuitable === undefined) return;
    const message = 'does not go with questions';
    context.addIssue({ code: 'custom', path: ['unsuitable'], message });
  });

export type ScoutTurnFile = z.output<typeof scoutTurnSchema>;
export type PreconditionTurnFile = z.output<typeof preconditionTurnSchema>;
export type ArchitectTurnFile = z.output<typeof architectTurnSchema>;
