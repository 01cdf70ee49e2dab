import * as z from 'zod';
import { designParts, designHeadings, type Design } from '../../architect/design.ts';
import { planningLimits } from '../bound-planning.ts';
import { answerOf, type Answer } from './answer.ts';
import { instead, otherAnswers } from './architect-alternatives.ts';
import { draftFaults, planDraft, planOfDraft } from './plan-draft.ts';

/** What each part of a design speaks of. */
const speaksOf: Design = {
  artifactProfile:
    'What is built, for whom, on what it stands, and what decides whether it is right',
  decomposition: 'Each module with what goes in and out, and why the cuts are where they are',
  roles: 'Which agents do what, and how many of each',
  phases: 'What can begin at once, what waits for what, where a person decides',
  testStrategy: 'What tests each module from outside, each tier, and the whole',
  failureIsolation: 'How a fault in one module shows, and how it is kept from the others',
  antiPatterns: 'What was avoided here, and why: shared files, chains, modules that are too small',
  budgets: 'What the run and the modules may use, and how that was estimated',
};

const design = z.strictObject(
  Object.fromEntries(
    designParts.map((part) => [
      part,
      z
        .string()
        .min(1)
        .max(planningLimits.designChars)
        .describe(`"${designHeadings[part]}", in Markdown without headings: ${speaksOf[part]}`),
    ]),
  ) as Record<keyof Design, z.ZodString>,
);

const proposal = z.strictObject({
  summary: z
    .string()
    .min(1)
    .max(planningLimits.conditionChars)
    .describe('The plan in a sentence or two'),
  plan: planDraft,
  design,
  files: z
    .array(
      z.strictObject({
        path: z
          .string()
          .min(1)
          .max(1_024)
          .describe('From the root, in spec/, docs/, contracts/, tests/ or stubs/; not there yet'),
        text: z.string().max(planningLimits.fileChars),
      }),
    )
    .max(planningLimits.files)
    .describe('What the checks of tiers and gates run, and the sources of truth that are missing'),
});

const shape = z.strictObject({
  proposal: proposal.nullable().describe('null only where you ask or refuse instead'),
  ...otherAnswers,
});

/** A plan with its design; or a question, or that something simpler fits better. */
export const planAnswer = (mayAsk: boolean): Answer =>
  answerOf('plan', shape, ({ proposal: proposed, ...others }) => {
    const other = instead(others, proposed !== null, 'proposal', mayAsk);
    if (other !== null) return other;
    if (proposed === null) throw new Error('an answer is one of three');
    const { plan, ...rest } = proposed;
    const [fault] = draftFaults(plan);
    if (fault !== undefined) return `proposal.plan.${fault}`;
    return { kind: 'proposed', ...rest, plan: planOfDraft(plan) };
  });
