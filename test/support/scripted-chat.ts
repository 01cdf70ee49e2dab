import type { Amount } from '../../src/core/budget.ts';
import { tokensOf, type ModelUsage } from '../../src/core/usage.ts';
import type {
  ChatModel,
  ModelReply,
  ModelRequest,
  ToolResult,
} from '../../src/engine/agents/model/chat-model.ts';

/** What a model says in one turn; the test sees what it was asked. */
export type Turn = (request: ModelRequest, hear: (text: string) => void) => Said | Promise<Said>;

export type Said = Partial<ModelReply>;

const usage: ModelUsage = { input: 900, cacheRead: 0, cacheWrite: 0, output: 100 };
const cost = (of: ModelUsage): Amount => ({
  tokens: tokensOf(of),
  microUsd: 1_000,
  turns: 1,
  ms: 0,
});

/** A model in memory that says what a test says, and keeps all that it was asked. */
export class ScriptedChat implements ChatModel {
  readonly id = 'scripted-chat';
  readonly requests: ModelRequest[] = [];
  contextTokens = 200_000;
  outputTokens = 64_000;
  readonly priced = true;
  /** Input tokens of a request, as they are bounded before the call. */
  measure: (request: ModelRequest) => number = () => 1_000;
  /** Speaks where no turns were given. */
  speaks: Turn | null = null;
  readonly #turns: readonly Turn[];

  /** The last turn is not repeated: a call too many is the test's failure. */
  constructor(...turns: readonly Turn[]) {
    this.#turns = turns;
  }

  bound(request: ModelRequest): Promise<Amount> {
    const tokens = this.measure(request) + request.maxOutputTokens;
    return Promise.resolve({ tokens, microUsd: 5_000, turns: 1, ms: 0 });
  }

  async call(
    request: ModelRequest,
    hear: (text: string) => void,
    signal: AbortSignal,
  ): Promise<ModelReply> {
    signal.throwIfAborted();
    const turn = this.speaks ?? this.#turns[this.requests.length];
    this.requests.push(request);
    if (turn === undefined) throw new Error(`the model was asked ${this.requests.length} times`);
    const said = await turn(request, hear);
    signal.throwIfAborted();
    const reply = { content: [], usage, cost: cost(usage), ...said };
    for (const part of reply.content) if (part.kind === 'said') hear(part.text);
    const stop = reply.content.some(({ kind }) => kind === 'tool-use') ? 'tools' : 'answered';
    return { stop, ...reply };
  }
}

let uses = 0;

/** A turn that asks for these tools at once. */
export const asks = (...tools: readonly (readonly [name: string, input: unknown])[]): Said => ({
  content: tools.map(([name, input]) => ({
    kind: 'tool-use',
    id: `use-${(uses += 1)}`,
    name,
    input,
  })),
});

export const says = (text: string): Said => ({ content: [{ kind: 'said', text }] });

/** What the newest message tells a model of its tools. */
export function resultsIn({ messages }: ModelRequest): ToolResult[] {
  const last = messages.at(-1);
  return last?.role === 'user' ? last.content.filter((part) => part.kind === 'tool-result') : [];
}

/** What the newest message tells it in words. */
export function textsIn({ messages }: ModelRequest): string[] {
  const last = messages.at(-1);
  const content = last?.role === 'user' ? last.content : [];
  return content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
}
