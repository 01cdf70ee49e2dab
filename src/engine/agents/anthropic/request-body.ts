import type { ModelMessage, ModelRequest, PromptBlock, ToolResult } from '../model/chat-model.ts';

/** A block as it is sent; the mark says that all up to its end is to be kept in the cache. */
type Block = Record<string, unknown>;

/** A prompt as the Messages API takes it, without what only bounds or shapes the answer. */
export interface PromptBody {
  readonly model: string;
  readonly system: readonly Block[];
  readonly tools: readonly Block[];
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: readonly Block[];
  }[];
  readonly output_config?: object;
}

/** As many marks as the service takes. */
const mostMarks = 4;

/**
 * The service keeps a prompt's tools, system and messages in this order, so what many agents share
 * stands first. Marked for the cache are the ends of shared prefixes; and where the conversation
 * goes on, its newest message and the one that was newest in the request before: what that request
 * left is then found, however many blocks a turn has added.
 */
export function promptBody(model: string, request: ModelRequest): PromptBody {
  const system = request.system.filter(isSaid);
  const messages = saidMessages(request.messages);
  const asked = messages.flatMap(({ role }, at) => (role === 'user' ? [at] : []));
  const rolling = request.tools.length === 0 ? [] : asked.slice(-2);
  const shared = chosenShares(system, messages, mostMarks - rolling.length);
  return {
    model,
    tools: request.tools.map(({ name, description, input }) => ({
      name,
      description,
      input_schema: input,
    })),
    system: system.map((block) => textBlock(block.text, shared.has(block))),
    messages: messages.map(({ role, content }, at) => ({
      role,
      content: content.map((block, nth) =>
        wireBlock(block, shared.has(block) || (rolling.includes(at) && nth === content.length - 1)),
      ),
    })),
    ...(request.answer === null
      ? {}
      : { output_config: { format: { type: 'json_schema', schema: request.answer.schema } } }),
  };
}

type Said = ModelMessage['content'][number];

/** Ends of shared prefixes to mark: the first, which most agents share, and the last ones. */
function chosenShares(
  system: readonly PromptBlock[],
  messages: readonly { readonly content: readonly Said[] }[],
  most: number,
): ReadonlySet<unknown> {
  const texts = messages.flatMap(({ content }) => content.filter((block) => block.kind === 'text'));
  const shares: unknown[] = [...system, ...texts].filter(({ shared }) => shared);
  if (shares.length <= most) return new Set(shares);
  return new Set([shares[0], ...shares.slice(1 - most)]);
}

const isSaid = ({ text }: PromptBlock): boolean => text.trim() !== '';

interface SaidMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Said[];
}

/** The service takes no message that says nothing; what stood around one becomes one turn. */
function saidMessages(messages: readonly ModelMessage[]): readonly SaidMessage[] {
  const said: SaidMessage[] = [];
  for (const message of messages) {
    const { role, content } = withoutEmpty(message);
    if (content.length === 0) continue;
    const before = said.at(-1);
    if (before?.role !== role) said.push({ role, content });
    else said[said.length - 1] = { role, content: [...before.content, ...content] };
  }
  return said;
}

/** It takes no empty text either, and answers of tools before anything else. */
function withoutEmpty(message: ModelMessage): SaidMessage {
  const content: readonly Said[] = message.content;
  const said = content.filter(
    (block) => (block.kind !== 'text' && block.kind !== 'said') || block.text.trim() !== '',
  );
  if (message.role === 'assistant') return { role: 'assistant', content: said };
  const results = said.filter(({ kind }) => kind === 'tool-result');
  const others = said.filter(({ kind }) => kind !== 'tool-result');
  return { role: 'user', content: [...results, ...others] };
}

function wireBlock(block: Said, marked: boolean): Block {
  switch (block.kind) {
    case 'text':
    case 'said':
      return textBlock(block.text, marked);
    case 'tool-use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
    case 'tool-result':
      return resultBlock(block, marked);
    case 'opaque':
      return block.block as Block;
  }
}

const textBlock = (text: string, marked: boolean): Block => ({
  type: 'text',
  text,
  ...mark(marked),
});

const resultBlock = ({ id, ok, text }: ToolResult, marked: boolean): Block => ({
  type: 'tool_result',
  tool_use_id: id,
  content: text,
  is_error: !ok,
  ...mark(marked),
});

const mark = (marked: boolean): Block => (marked ? { cache_control: { type: 'ephemeral' } } : {});
