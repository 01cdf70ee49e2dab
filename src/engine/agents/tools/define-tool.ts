import * as z from 'zod';
import { oneLine } from '../../../core/projections/safe-text.ts';
import type { Tool, ToolAnswer, ToolEffect } from './tool.ts';

interface ToolDefinition<Effect extends ToolEffect, Input extends z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly effect: Effect;
  readonly input: Input;
  readonly run: (input: z.infer<Input>, signal: AbortSignal) => Promise<ToolAnswer> | ToolAnswer;
}

/** A tool whose input is what its schema says by the time that it runs. */
export function defineTool<Effect extends ToolEffect, Input extends z.ZodType>({
  run,
  ...told
}: ToolDefinition<Effect, Input>): Tool<Effect> {
  return {
    ...told,
    run: async (input, signal) => {
      const parsed = told.input.safeParse(input);
      if (!parsed.success)
        return refuse(`${told.name} takes something else: ${faults(parsed.error)}`);
      return run(parsed.data, signal);
    },
  };
}

export const answer = (text: string): ToolAnswer => ({ ok: true, text });

/** `text` says why nothing was done, and what to do instead. */
export const refuse = (text: string): ToolAnswer => ({ ok: false, text });

const shownFaults = 5;

/** What is wrong with data that a model gave, field by field. */
export function faults({ issues }: z.ZodError): string {
  const said = issues.slice(0, shownFaults).map(({ path, message }) => {
    const where = path.map(String).join('.');
    return oneLine(where === '' ? message : `${where}: ${message}`, 300);
  });
  const more = issues.length - said.length;
  return `${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
