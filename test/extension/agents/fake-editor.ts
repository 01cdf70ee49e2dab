import type * as vscode from 'vscode';
import type { EditorApi } from '../../../src/extension/agents/editor-models.ts';

class TextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

class ToolCallPart {
  readonly callId: string;
  readonly name: string;
  readonly input: object;
  constructor(callId: string, name: string, input: object) {
    this.callId = callId;
    this.name = name;
    this.input = input;
  }
}

class ToolResultPart {
  readonly callId: string;
  readonly content: readonly TextPart[];
  constructor(callId: string, content: readonly TextPart[]) {
    this.callId = callId;
    this.content = content;
  }
}

class Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly unknown[];
  constructor(role: 'user' | 'assistant', content: string | readonly unknown[]) {
    this.role = role;
    this.content = typeof content === 'string' ? [new TextPart(content)] : content;
  }
  static User = (content: string | readonly unknown[]) => new Message('user', content);
  static Assistant = (content: string | readonly unknown[]) => new Message('assistant', content);
}

class TokenSource {
  readonly #listeners: (() => void)[] = [];
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      this.#listeners.push(listener);
      return { dispose: () => undefined };
    },
  };
  cancel(): void {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
  dispose(): void {
    this.#listeners.length = 0;
  }
}

export type Token = TokenSource['token'];

/** What a model does when it is asked. */
export type FakeTurn = (asked: FakeRequest) => AsyncIterable<unknown> | Error;

export interface FakeRequest {
  readonly messages: readonly Message[];
  readonly options: vscode.LanguageModelChatRequestOptions;
  readonly token: Token;
}

export const text = (value: string): unknown => new TextPart(value);
export const tool = (name: string, input: object): unknown =>
  new ToolCallPart(`call-${name}`, name, input);

/** A turn that streams these parts. */
export const streams = (...parts: readonly unknown[]): FakeTurn =>
  async function* () {
    for (const part of parts) yield await Promise.resolve(part);
  };

/** As the editor's own errors are: told apart by their code. */
export function editorError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Everything that was said to a model in one message, as one text. */
export const textIn = ({ content }: Message): string =>
  content
    .flatMap((part): readonly unknown[] => (part instanceof ToolResultPart ? part.content : [part]))
    .map((part) => (part instanceof TextPart ? part.value : ''))
    .join('\n');

/** A model as the editor offers it; one turn for each request. */
export class FakeModel {
  readonly vendor: string;
  readonly id: string;
  readonly name: string;
  readonly family = 'fable';
  readonly version = '1';
  readonly maxInputTokens = 100_000;
  readonly requests: FakeRequest[] = [];
  canCount = true;
  readonly #turns: readonly FakeTurn[];
  #consent: (() => Promise<void>) | null = null;

  constructor(id: string, ...turns: readonly FakeTurn[]) {
    [this.vendor, this.id, this.name] = ['local', id, `The ${id}`];
    this.#turns = turns;
  }

  /** The next request is not made before somebody has allowed it. */
  asksForConsent(): { readonly asked: Promise<void>; readonly give: () => void } {
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => (give = resolve));
    const asked = new Promise<void>((resolve) => {
      this.#consent = () => {
        resolve();
        return given;
      };
    });
    return { asked, give };
  }

  async sendRequest(
    messages: readonly Message[],
    options: vscode.LanguageModelChatRequestOptions,
    token: Token,
  ) {
    const asked = { messages, options, token };
    const turn = this.#turns[this.requests.length];
    this.requests.push(asked);
    await this.#consent?.();
    if (turn === undefined) throw new Error(`asked ${this.requests.length} times`);
    const answer = turn(asked);
    if (answer instanceof Error) throw answer;
    return Promise.resolve({ stream: answer });
  }

  /** One for every four characters. */
  async countTokens(said: string): Promise<number> {
    if (!this.canCount) throw new Error('no tokenizer');
    return Promise.resolve(Math.ceil(said.length / 4));
  }
}

/** The editor with these models. */
export function fakeEditor(...models: readonly FakeModel[]): EditorApi {
  const api: unknown = {
    CancellationTokenSource: TokenSource,
    LanguageModelChatMessage: Message,
    LanguageModelTextPart: TextPart,
    LanguageModelToolCallPart: ToolCallPart,
    LanguageModelToolResultPart: ToolResultPart,
    l10n: { t: (text: string) => text },
    lm: { selectChatModels: async () => Promise.resolve(models) },
  };
  return api as EditorApi;
}
