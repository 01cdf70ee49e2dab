import type {
  SDKAssistantMessage,
  SDKUserMessage,
  SDKUserMessageReplay,
} from '@anthropic-ai/claude-agent-sdk';
import type { TranscriptPen } from '../transcript.ts';

/** A block of a message, of which nothing is certain. */
type Block = Readonly<Record<string, unknown>>;

/** What a tool answered, as the session saw it. */
export interface Answered {
  /** As Claude Code calls it; '' where that is not known. */
  readonly tool: string;
  readonly ok: boolean;
  readonly text: string;
}

/** Takes down for people what is said and done in a session. */
export class TakeDown {
  readonly #pen: TranscriptPen;
  /** Tools at work, by the id of their use. */
  readonly #tools = new Map<unknown, string>();

  constructor(pen: TranscriptPen) {
    this.#pen = pen;
  }

  /** What the model says, thinks and uses; answers with what it says. */
  reply({ message }: SDKAssistantMessage): string {
    const said: string[] = [];
    for (const block of blocksOf(message.content)) {
      if (typeof block.text === 'string' && block.text !== '') {
        said.push(block.text);
        this.#pen.write({ kind: 'said', text: block.text });
      }
      if (typeof block.thinking === 'string' && block.thinking !== '') {
        this.#pen.write({ kind: 'thought', text: block.thinking });
      }
      if (block.type === 'tool_use') {
        const tool = String(block.name);
        this.#tools.set(block.id, tool);
        this.#pen.write({ kind: 'tool-used', tool, input: JSON.stringify(block.input ?? null) });
      }
    }
    return said.join('\n').trim();
  }

  answers({ message }: SDKUserMessage | SDKUserMessageReplay): Answered[] {
    const results = blocksOf(message.content).filter(({ type }) => type === 'tool_result');
    return results.map(({ content, is_error: isError, tool_use_id: id }) => {
      const tool = this.#tools.get(id) ?? '';
      this.#tools.delete(id);
      const answered = { tool, ok: isError !== true, text: textIn(content) };
      this.#pen.write({ kind: 'tool-answered', ...answered });
      return answered;
    });
  }
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
