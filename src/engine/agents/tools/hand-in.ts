import * as z from 'zod';
import type { AgentOutcome } from '../outcome.ts';
import { defineTool, refuse } from './define-tool.ts';
import { PageLimit } from './page-limit.ts';
import type { Tool, Unspent } from './tool.ts';

/** More than a page on purpose: what is too long is to be told so, and shortened by its writer. */
export const summaryField = (says: string) => z.string().trim().min(1).max(20_000).describe(says);

export const reasonField = (says: string) => z.string().trim().min(1).max(4_000).describe(says);

interface HandIn<Input extends z.ZodType<{ readonly summary: string }>> {
  readonly name: string;
  readonly description: string;
  readonly input: Input;
  readonly ends: (given: z.infer<Input>) => Unspent<AgentOutcome>;
}

/** A tool that ends a task with what lies in its folder, and a summary that has to fit on a page. */
export function handInTool<Input extends z.ZodType<{ readonly summary: string }>>({
  ends,
  ...told
}: HandIn<Input>): Tool<'ends'> {
  const page = new PageLimit();
  return defineTool({
    ...told,
    effect: 'ends',
    run: (given) => {
      const long = page.hold('The summary', given.summary);
      return long === null ? { ok: true, text: 'Handed in.', ends: ends(given) } : refuse(long);
    },
  });
}
