import * as z from 'zod';
import { isName } from '../../../core/ids.ts';
import { splitLimits } from '../../../core/plan/split-plan.ts';
import { handInTool, summaryField } from './hand-in.ts';
import type { Tool } from './tool.ts';

const name = z.string().refine(isName, 'has to be a name: small letters, digits and dashes');
const glob = z.string().min(1).max(splitLimits.chars);

const part = z.strictObject({
  id: name.describe('The new module'),
  purpose: z.string().trim().min(1).max(2_000).describe('What it is for, in a sentence or two'),
  owns: z
    .array(glob)
    .min(1)
    .max(splitLimits.owns)
    .describe('Within the paths of the module that is cut; no path twice'),
  needs: z.array(name).max(splitLimits.parts).describe('Parts that have to be sealed before it'),
  checks: z
    .array(
      z.strictObject({
        name,
        run: z.string().min(1).max(splitLimits.chars).describe('The command'),
        report: z.enum(['node', 'tap', 'exit']),
      }),
    )
    .max(splitLimits.checks)
    .describe('Which run its tests; empty: those of the module that is cut'),
  estimate: z.strictObject({
    minutes: z.number().positive().max(10_000),
    review: z.number().positive().max(10_000),
  }),
});

export const handInPartsTool = (): Tool<'ends'> =>
  handInTool({
    name: 'hand_in_parts',
    description:
      'Hands in the parts, whose contracts, tests and stubs lie in your folder, and ends your work.',
    input: z.strictObject({
      summary: summaryField('At most a page: why it is cut like this'),
      parts: z.array(part).min(2).max(splitLimits.parts),
    }),
    ends: ({ summary, parts }) => ({ kind: 'cut', summary, parts }),
  });
