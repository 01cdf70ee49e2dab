import type { Tool } from '../tools/tool.ts';
import type { Prompt } from '../prompts/prompt.ts';
import { plainSchema } from '../answers/answer.ts';
import type {
  AnswerSpec,
  ModelMessage,
  ModelReply,
  ModelRequest,
  PromptText,
  ToolResult,
  ToolSpec,
} from './chat-model.ts';

/** Of the newest messages, this many stay as they are when room is made. */
const keptWhole = 4;
/** Shorter texts are not worth a note. */
const worthLeavingOut = 400;

/**
 * What was said between us and a model, as the next request carries it. What came first never
 * changes, so that it is read from a cache; only results of tools that lie far back are left out
 * where room is short.
 */
export class Conversation {
  readonly #system: Prompt['system'];
  readonly #tools: readonly ToolSpec[];
  readonly #answer: AnswerSpec | null;
  readonly #messages: ModelMessage[] = [];
  #results: ToolResult[] = [];
  #texts: string[];

  constructor(prompt: Prompt, tools: readonly Tool[], answer: AnswerSpec | null) {
    this.#system = prompt.system;
    this.#tools = tools.map(({ name, description, input }) => ({
      name,
      description,
      input: plainSchema(input),
    }));
    this.#answer = answer;
    this.#texts = [prompt.opening];
  }

  /** Tells the model something in its next turn. */
  say(text: string): void {
    this.#texts.push(text);
  }

  result(result: ToolResult): void {
    this.#results.push(result);
  }

  replied({ content }: ModelReply): void {
    if (content.length > 0) this.#messages.push({ role: 'assistant', content });
  }

  request(maxOutputTokens: number): ModelRequest {
    if (this.#results.length + this.#texts.length > 0) {
      const texts = this.#texts.map((text): PromptText => ({ kind: 'text', text, shared: false }));
      // Results come first: some providers insist on it.
      this.#messages.push({ role: 'user', content: [...this.#results, ...texts] });
      this.#results = [];
      this.#texts = [];
    }
    const [system, tools, answer] = [this.#system, this.#tools, this.#answer];
    return { system, messages: [...this.#messages], tools, answer, maxOutputTokens };
  }

  /** Of all that a request carries, roughly. */
  get chars(): number {
    const system = this.#system.reduce((sum, { text }) => sum + text.length, 0);
    const tools = JSON.stringify(this.#tools).length;
    return this.#messages.reduce((sum, message) => sum + charsOf(message), system + tools);
  }

  /**
   * Leaves out old answers of tools, and then what was written by them, the oldest first, until at
   * most that much is left. False: there is nothing to leave out.
   */
  makeRoom(toChars: number): boolean {
    const results = this.#shorten(withoutResults, toChars);
    return this.#shorten(withoutInputs, toChars) || results;
  }

  #shorten(shorten: (message: ModelMessage) => ModelMessage, toChars: number): boolean {
    let left = this.chars;
    let changed = false;
    // What came first is shared, and what came last is what the model is at.
    for (let at = 1; at < this.#messages.length - keptWhole && left > toChars; at++) {
      const message = this.#messages[at];
      if (message === undefined) continue;
      const shorter = shorten(message);
      const saved = charsOf(message) - charsOf(shorter);
      if (saved <= 0) continue;
      this.#messages[at] = shorter;
      left -= saved;
      changed = true;
    }
    return changed;
  }
}

const leftOut = (chars: number): string => `[left out to make room: ${chars} characters]`;

function withoutResults(message: ModelMessage): ModelMessage {
  if (message.role !== 'user') return message;
  const content = message.content.map((part) =>
    part.kind === 'tool-result' && part.text.length > worthLeavingOut
      ? { ...part, text: leftOut(part.text.length) }
      : part,
  );
  return { role: 'user', content };
}

/** Long texts that a model has handed to tools: they lie in its folder. */
function withoutInputs(message: ModelMessage): ModelMessage {
  if (message.role !== 'assistant') return message;
  const content = message.content.map((part) =>
    part.kind === 'tool-use' ? { ...part, input: shortened(part.input) } : part,
  );
  return { role: 'assistant', content };
}

function shortened(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const fields = Object.entries(input).map(([name, value]): [string, unknown] => {
    const long = typeof value === 'string' && value.length > worthLeavingOut;
    return [name, long ? leftOut(value.length) : value];
  });
  return Object.fromEntries(fields);
}

function charsOf({ content }: ModelMessage): number {
  return content.reduce((sum, part) => {
    switch (part.kind) {
      case 'text':
      case 'said':
      case 'tool-result':
        return sum + part.text.length;
      case 'tool-use':
        return sum + JSON.stringify(part.input ?? null).length;
      case 'opaque':
        return sum + JSON.stringify(part.block ?? null).length;
    }
  }, 0);
}
