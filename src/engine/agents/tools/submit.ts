import * as z from 'zod';
import { isName, moduleId } from '../../../core/ids.ts';
import { defineTool } from './define-tool.ts';
import { handInTool, reasonField, summaryField } from './hand-in.ts';
import type { Tool } from './tool.ts';

export const submitTool = (): Tool<'ends'> =>
  handInTool({
    name: 'submit',
    description:
      'Hands in what lies in your paths, and ends your work. Alone in its turn, after everything else. The summary is held against your files: it says what you did and what is left, and nothing that is not so.',
    input: z.strictObject({
      summary: summaryField('At most a page of Markdown'),
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
    ends: ({ summary, findings }) => {
      const told = (findings ?? []).map(({ to, items }) => ({ to: moduleId(to), items }));
      return { kind: 'submitted', summary, findings: told };
    },
  });

export const disputeVerdictTool = (): Tool<'ends'> =>
  defineTool({
    name: 'dispute_verdict',
    description:
      'Ends your work without handing anything in, because the verdict that you are to heed is wrong. It is looked into by the contract, by running the checks anew, and by an arbiter. Use it only with a reason that would convince them.',
    effect: 'ends',
    input: z.strictObject({ reason: reasonField('What is wrong with it, with file and line') }),
    run: ({ reason }) => ({ ok: true, text: 'Noted.', ends: { kind: 'disputed', reason } }),
  });

export const handInContractTool = (): Tool<'ends'> =>
  handInTool({
    name: 'hand_in_contract',
    description:
      'Hands in the contract, its tests and its stub as they lie in your folder, and ends your work.',
    input: z.strictObject({
      summary: summaryField('At most a page: what it promises now'),
      reason: reasonField('Why this version differs from the one before'),
    }),
    ends: ({ summary, reason }) => ({ kind: 'contract-written', summary, reason }),
  });
