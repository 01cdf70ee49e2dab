import type {
  LanguageModelChatMessage,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
} from 'vscode';
import type {
  AnswerSpec,
  ModelMessage,
  ModelRequest,
  PromptText,
  ToolResult,
} from '../../engine/agents/model/chat-model.ts';
import type { EditorApi } from './editor-models.ts';

/** A conversation as the editor has it: there is no system role, and no answer that is held to a schema. */
export function messagesOf(api: EditorApi, request: ModelRequest): LanguageModelChatMessage[] {
  const { LanguageModelChatMessage: message } = api;
  const instructions = instructionsOf(request);
  const first = instructions === '' ? [] : [message.User(instructions)];
  const rest = request.messages.map((each) =>
    each.role === 'user' ? heard(api, each.content) : said(api, each.content),
  );
  return [...first, ...rest.filter((each) => each !== null)];
}

/** What stands where others have a system prompt, as the first thing that is said. */
export function instructionsOf({ system, answer }: ModelRequest): string {
  const texts = system.map(({ text }) => text);
  return [...texts, ...(answer === null ? [] : [shapeOf(answer)])].join('\n\n');
}

const shapeOf = ({ name, schema }: AnswerSpec): string =>
  `When you are done, answer with nothing but JSON in the shape "${name}", without a fence around it:\n${JSON.stringify(schema)}`;

function heard(
  api: EditorApi,
  content: readonly (PromptText | ToolResult)[],
): LanguageModelChatMessage {
  const parts = content.map((part) =>
    part.kind === 'text'
      ? new api.LanguageModelTextPart(part.text)
      : new api.LanguageModelToolResultPart(part.id, [
          new api.LanguageModelTextPart(part.ok ? part.text : `Not done: ${part.text}`),
        ]),
  );
  return api.LanguageModelChatMessage.User(parts);
}

type Spoken = LanguageModelTextPart | LanguageModelToolCallPart;

/** null: nothing of it can be given back. */
function said(
  api: EditorApi,
  content: Extract<ModelMessage, { role: 'assistant' }>['content'],
): LanguageModelChatMessage | null {
  const parts = content.flatMap((part): Spoken[] => {
    switch (part.kind) {
      case 'said':
        return [new api.LanguageModelTextPart(part.text)];
      case 'tool-use':
        return [new api.LanguageModelToolCallPart(part.id, part.name, objectOf(part.input))];
      case 'opaque':
        return [];
    }
  });
  return parts.length === 0 ? null : api.LanguageModelChatMessage.Assistant(parts);
}

const objectOf = (input: unknown): object =>
  typeof input === 'object' && input !== null ? input : { input };
