import {
  workspace,
  type CancellationToken,
  type ChatRequest,
  type ChatResponseStream,
} from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { answerAsked } from './chat-answer.ts';
import { toolNamed, useTool } from './tool-calls.ts';

/** The chat of this window. */
export async function answerChat(
  parts: ActionParts,
  { command, prompt }: Pick<ChatRequest, 'command' | 'prompt'>,
  stream: ChatResponseStream,
  token: CancellationToken,
): Promise<void> {
  const says = (text: string): void => stream.progress(oneLine(text, 120));
  await answerAsked(
    { command, prompt },
    {
      use: async (name, input) => useTool(parts, await toolNamed(name), input, { token, says }),
      onlyPlan,
    },
    {
      markdown: (text) => stream.markdown(text),
      button: (title, id, given) =>
        stream.button({
          ...{ title, command: id },
          ...(given === undefined ? {} : { arguments: [given] }),
        }),
    },
  );
}

async function onlyPlan(): Promise<string | null> {
  const apart = '**/{node_modules,.ce-workspace}/**';
  const found = await workspace.findFiles('**/*.plan.{yaml,yml}', apart, 2);
  const [plan] = found;
  return plan === undefined || found.length > 1 ? null : workspace.asRelativePath(plan, false);
}
