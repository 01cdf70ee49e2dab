import type {
  SDKAssistantMessage,
  SDKUserMessage,
  SDKUserMessageReplay,
} from '@anthropic-ai/claude-agent-sdk';
import type { TranscriptPen } from '../transcript.ts';

/** A block of a message, of which nothing is certain. */
type Block = Readonly<Record<string, unknown>>;

/** What a tool answered, as the session saw it. */
interface Answered {
  readonly ok: boolean;
  readonly text: string;
}

/** Takes down what the model says, thinks and uses; answers with what it says. */
export function takeDownReply(pen: TranscriptPen, { message }: SDKAssistantMessage): string {
  const said: string[] = [];
  for (const block of blocksOf(message.content)) {
    if (typeof block.text === 'string' && block.text !== '') {
      said.push(block.text);
      pen.write({ kind: 'said', text: block.text });
    }
    if (typeof block.thinking === 'string' && block.thinking !== '') {
      pen.write({ kind: 'thought', text: block.thinking });
    }
    if (block.type === 'tool_use') {
      const input = JSON.stringify(block.input ?? null);
      pen.write({ kind: 'tool-used', tool: String(block.name), input });
    }
  }
  return said.join('\n').trim();
}

/** Takes down what tools answered. */
export function takeDownAnswers(
  pen: TranscriptPen,
  { message }: SDKUserMessage | SDKUserMessageReplay,
): Answered[] {
  const results = blocksOf(message.content).filter(({ type }) => type === 'tool_result');
  return results.map(({ content, is_error: isError }) => {
    const ok = isError !== true;
    const text = textIn(content);
    pen.write({ kind: 'tool-answered', tool: '', ok, text });
    return { ok, text };
  });
}

const textIn = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : blocksOf(content)
        .map(({ text }) => (typeof text === 'string' ? text : ''))
        .join('\n');

const blocksOf = (content: unknown): readonly Block[] =>
  Array.isArray(content)
    ? content.filter((each): each is Block => typeof each === 'object' && each !== null)
    : [];
