import type { LanguageModelChat } from 'vscode';
import type { ModelMessage, ModelRequest } from '../../engine/agents/model/chat-model.ts';
import { instructionsOf } from './editor-messages.ts';

/** What a message takes beside its text. */
const perMessage = 8;
/** Where the model cannot count: a token of code has more characters than that. */
const charsPerToken = 3;
/** Of instructions and lists of tools: a few for each role. */
const maxShared = 64;

/** Counts what a model reads and says, by its own count; what was counted once is not counted again. */
export class TokenCounts {
  readonly #model: Pick<LanguageModelChat, 'countTokens'>;
  readonly #messages = new WeakMap<ModelMessage, Promise<number>>();
  /** Instructions and tools: the same in all requests of one agent. */
  readonly #shared = new Map<string, Promise<number>>();

  constructor(model: Pick<LanguageModelChat, 'countTokens'>) {
    this.#model = model;
  }

  async prompt(request: ModelRequest): Promise<number> {
    const { messages, tools } = request;
    const counts = await Promise.all([
      this.#once(instructionsOf(request)),
      this.#once(tools.length === 0 ? '' : JSON.stringify(tools)),
      ...messages.map((message) => this.#message(message)),
    ]);
    return counts.reduce((sum, each) => sum + each + perMessage, 0);
  }

  async content(content: ModelMessage['content']): Promise<number> {
    return this.#count(textOf(content));
  }

  #message(message: ModelMessage): Promise<number> {
    const known = this.#messages.get(message) ?? this.#count(textOf(message.content));
    this.#messages.set(message, known);
    return known;
  }

  #once(text: string): Promise<number> {
    const known = this.#shared.get(text) ?? this.#count(text);
    if (this.#shared.size >= maxShared) this.#shared.clear();
    this.#shared.set(text, known);
    return known;
  }

  async #count(text: string): Promise<number> {
    if (text === '') return 0;
    const guess = Math.ceil(text.length / charsPerToken);
    try {
      const count = await this.#model.countTokens(text);
      return Number.isSafeInteger(count) && count > 0 ? count : guess;
    } catch {
      return guess;
    }
  }
}

const textOf = (content: ModelMessage['content']): string =>
  content
    .map((part) => {
      switch (part.kind) {
        case 'text':
        case 'said':
        case 'tool-result':
          return part.text;
        case 'tool-use':
          return `${part.name} ${JSON.stringify(part.input ?? null)}`;
        case 'opaque':
          return '';
      }
    })
    .join('\n');
