import {
  LanguageModelChatMessageRole,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
  type LanguageModelChatRequestMessage,
  type LanguageModelChatTool,
} from 'vscode';
import type { WireBlock, WireMessage } from '../../support/messages-server/wire.ts';

/** What is said to a model, as a Messages API takes it: what one side says in a row is one message. */
export function wireMessages(messages: readonly LanguageModelChatRequestMessage[]): WireMessage[] {
  const merged: { readonly role: WireMessage['role']; readonly content: WireBlock[] }[] = [];
  for (const { role, content } of messages) {
    const of = role === LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user';
    const last = merged.at(-1);
    const blocks = content.map(wireBlock);
    if (last?.role === of) last.content.push(...blocks);
    else merged.push({ role: of, content: blocks });
  }
  return merged;
}

export const wireTool = ({ name, description, inputSchema }: LanguageModelChatTool): WireBlock => ({
  ...{ name, description, input_schema: inputSchema ?? { type: 'object' } },
});

function wireBlock(part: unknown): WireBlock {
  if (part instanceof LanguageModelTextPart) return { type: 'text', text: part.value };
  if (part instanceof LanguageModelToolCallPart) {
    return { type: 'tool_use', id: part.callId, name: part.name, input: part.input };
  }
  if (part instanceof LanguageModelToolResultPart) {
    return { type: 'tool_result', tool_use_id: part.callId, content: part.content.map(wireBlock) };
  }
  throw new Error(`a message holds what no model reads: ${JSON.stringify(part)}`);
}
