/** What the server reads of a request's body; whatever else stands in it is ignored. */
export interface MessagesBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string | readonly WireBlock[];
  readonly tools?: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
  readonly output_config?: { readonly format?: { readonly schema: object } | null };
}

export interface WireMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly WireBlock[];
}

/** A block of a prompt, a tool's description, or a block of what was said. */
export interface WireBlock {
  readonly type?: string;
  readonly cache_control?: unknown;
  readonly [key: string]: unknown;
}

/** What a script answers with. */
export interface Reply {
  readonly content: readonly ReplyBlock[];
  /** Where it is left out: `tool_use` if a tool is asked for, else `end_turn`. */
  readonly stop?: string;
}

export type ReplyBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
    }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string };

export interface WireUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}

/** One request as it came in, and what became of it. */
export interface Received {
  /** From 0, over all paths. */
  readonly n: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: MessagesBody;
  /** On the server's clock. */
  readonly at: number;
  /** 0 while it is not answered. */
  status: number;
  fault: string | null;
  /** What the server holds the request to have cost; null where nothing was generated. */
  usage: WireUsage | null;
  /** Whether the client went away before the end. */
  left: boolean;
}

/** Four characters a token: no tokenizer, but the same text always counts the same. */
export const tokensOfText = (text: string): number => Math.ceil(text.length / 4);
