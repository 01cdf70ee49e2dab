import * as z from 'zod';
import { isName, moduleId } from '../../../core/ids.ts';
import { defineTool, refuse } from './define-tool.ts';
import { PageLimit } from './page-limit.ts';
import type { Tool } from './tool.ts';

export function submitTool(): Tool<'ends'> {
  const page = new PageLimit();
  return defineTool({
    name: 'submit',
    description:
      'Hands in what lies in your paths, and ends your work. Alone in its turn, after everything else. The summary is held against your files: it says what you did and what is left, and nothing that is not so.',
    effect: 'ends',
    input: z.strictObject({
      summary: z.string().trim().min(1).max(20_000).describe('At most a page of Markdown'),
      findings: z
        .array(
          z.strictObject({
            to: z.string().refine(isName, 'not the name of a module'),
            items: z.array(z.string().min(1).max(500)).min(1).max(20),
          }),
        )
        .max(20)
        .nullish()
        .describe('Only where your task names feedback partners: what each of them should know'),
    }),
    run: ({ summary, findings }) => {
      const long = page.hold('The summary', summary);
      if (long !== null) return refuse(long);
      const told = (findings ?? []).map(({ to, items }) => ({ to: moduleId(to), items }));
      return { ok: true, text: 'Handed in.', ends: { kind: 'submitted', summary, findings: told } };
    },
  });
}

export const disputeVerdictTool = (): Tool<'ends'> =>
  defineTool({
    name: 'dispute_verdict',
    description:
      'Ends your work without handing anything in, because the verdict that you are to heed is wrong. It is looked into by the contract, by running the checks anew, and by an arbiter. Use it only with a reason that would convince them.',
    effect: 'ends',
    input: z.strictObject({
      reason: z
        .string()
        .trim()
        .min(1)
        .max(4_000)
        .describe('What is wrong with it, with file and line'),
    }),
    run: ({ reason }) => ({ ok: true, text: 'Noted.', ends: { kind: 'disputed', reason } }),
  });

export function handInContractTool(): Tool<'ends'> {
  const page = new PageLimit();
  return defineTool({
    name: 'hand_in_contract',
    description:
      'Hands in the contract, its tests and its stub as they lie in your folder, and ends your work.',
    effect: 'ends',
    input: z.strictObject({
      summary: z
        .string()
        .trim()
        .min(1)
        .max(20_000)
        .describe('At most a page: what it promises now'),
      reason: z
        .string()
        .trim()
        .min(1)
        .max(4_000)
        .describe('Why this version differs from the one before'),
    }),
    run: ({ summary, reason }) => {
      const long = page.hold('The summary', summary);
      if (long !== null) return refuse(long);
      return { ok: true, text: 'Handed in.', ends: { kind: 'contract-written', summary, reason } };
    },
  });
}
