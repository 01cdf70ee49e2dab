import { zeroAmount, type Amount } from '../../../core/budget.ts';
import type { AwaitedBy } from '../agent.ts';
import { noUsage, type ModelUsage } from '../../../core/usage.ts';

/**
 * One model behind any interface that takes messages and tools: what an agent's loop speaks to. It
 * remembers nothing: each request carries the whole conversation.
 */
export interface ChatModel {
  /** As its provider calls it, for people and prices: `claude-sonnet-5`. */
  readonly id: string;
  /** How many tokens a request and its reply may hold together. */
  readonly contextTokens: number;
  /** How many tokens a reply may have at most. */
  readonly outputTokens: number;
  /** Whether anybody knows what its tokens cost; if not, money is 0 in all amounts and says nothing. */
  readonly priced: boolean;
  /** The most that one try of a request can cost; asked before each one. `ms` is 0. */
  bound(request: ModelRequest, signal: AbortSignal): Promise<Amount>;
  /**
   * Makes one request, repeated where that is safe. `hear` gets text as it streams in, and nothing but a
   * sign of life, '', for thinking and what is asked of tools; what a try that broke off has said is
   * said anew by the next.
   *
   * `again` is asked before a try that follows one which has cost something: it settles that one and
   * says whether the next, which can cost as much as {@link bound} said, may be made.
   *
   * `waits` is told when it begins to wait for its service, and when that says or has said something;
   * once the call has ended it does not wait. A person may be who lets the service answer.
   *
   * @throws ModelFailure whatever kept it from an answer; where `signal` aborted its reason, or
   * CallUnsent if no request was under way then.
   */
  call(
    request: ModelRequest,
    hear: (text: string) => void,
    signal: AbortSignal,
    again: (broken: CallCost) => boolean,
    waits?: (isWaiting: boolean, whom?: AwaitedBy) => void,
  ): Promise<ModelReply>;
}

/** What one try of a request has cost. */
export interface CallCost {
  readonly usage: ModelUsage;
  /** `ms` is 0; a try that broke off is no turn. */
  readonly cost: Amount;
}

export interface ModelRequest {
  /** What is the same for many agents comes first, so that it is read from a cache. */
  readonly system: readonly PromptBlock[];
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ToolSpec[];
  /** The shape of the last answer where it is data; null where a tool ends the task. */
  readonly answer: AnswerSpec | null;
  readonly maxOutputTokens: number;
}

/** A piece of a prompt. `shared` marks the end of a prefix that later requests repeat byte for byte. */
export interface PromptBlock {
  readonly text: string;
  readonly shared: boolean;
}

export type ModelMessage =
  | { readonly role: 'user'; readonly content: readonly (PromptText | ToolResult)[] }
  | { readonly role: 'assistant'; readonly content: readonly (SaidText | ToolUse | Opaque)[] };

export interface PromptText extends PromptBlock {
  readonly kind: 'text';
}

export interface SaidText {
  readonly kind: 'said';
  readonly text: string;
}

export interface ToolUse {
  readonly kind: 'tool-use';
  readonly id: string;
  readonly name: string;
  /** Hostile: holds to no schema until it is parsed. */
  readonly input: unknown;
}

/** What only the model's own provider understands, given back to it as it came: thinking, for one. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly block: unknown;
}

export interface ToolResult {
  readonly kind: 'tool-result';
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

/** A tool as a model is told of it; `input` is JSON Schema. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** JSON Schema of an answer, and what to call it where a provider needs a name. */
export interface AnswerSpec {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Its cost is that of the last try alone: earlier ones were told to `again`. */
export interface ModelReply extends CallCost {
  readonly content: readonly (SaidText | ToolUse | Opaque)[];
  /** `answered`: no more tools asked for; `length`: cut at `maxOutputTokens`; `full`: context window. */
  readonly stop: 'answered' | 'tools' | 'length' | 'full' | 'refused';
}

/** Why a model gave no answer. */
export type ModelFailureCode =
  /** no key, or one that is not accepted */
  | 'unauthorised'
  /** nothing is paid for any more */
  | 'unpaid'
  /** the request is larger than the provider takes */
  | 'too-large'
  /** the provider does not take the request as it is: a fault of ours or of the settings */
  | 'bad-request'
  /** no such model, or a person has not allowed it */
  | 'no-model'
  /** it cannot be reached or stays out of order, however often it was tried */
  | 'provider-down'
  /** `again` did not allow the next try */
  | 'unaffordable';

const noCost: CallCost = { usage: noUsage, cost: zeroAmount };

/** A request that came to nothing, after all tries. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly code: ModelFailureCode;
  /** Of the last try, where `again` was not told of it. */
  readonly spent: CallCost;

  constructor(code: ModelFailureCode, message: string, spent: CallCost = noCost) {
    super(message);
    this.code = code;
    this.spent = spent;
  }
}

/** A call that was ended while it waited to be made, or made once more: nobody has to guess its cost. */
export class CallUnsent extends Error {
  override readonly name = 'CallUnsent';
  /** The signal's. */
  readonly reason: unknown;
  /** Of the last try, where `again` was not told of it. */
  readonly spent: CallCost;

  constructor(reason: unknown, spent: CallCost = noCost) {
    super('ended before its request was made', { cause: reason });
    this.reason = reason;
    this.spent = spent;
  }
}
