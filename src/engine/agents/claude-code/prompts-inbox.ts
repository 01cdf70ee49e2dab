import type { SDKUserMessage } from '@anthropic-ai/claude-agent-sdk';

/** What a session is told, each as a turn of its own: the task first, later what it is to mend. */
export class PromptsInbox implements AsyncIterable<SDKUserMessage> {
  readonly #waiting: string[];
  #wake: () => void = () => undefined;
  #closed = false;

  constructor(first: string) {
    this.#waiting = [first];
  }

  tell(text: string): void {
    this.#waiting.push(text);
    this.#wake();
  }

  /** Nothing more will be said. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SDKUserMessage, void> {
    while (!this.#closed) {
      const content = this.#waiting.shift();
      if (content === undefined) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      yield { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null };
    }
  }
}
