import { addAmounts, overrun, zeroAmount, type Amount } from '../../../core/budget.ts';
import type { CallName } from '../../../core/usage.ts';
import type { AgentLink, AwaitedBy } from '../agent.ts';
import type { AgentOutcome, Retry } from '../outcome.ts';
import type { Unspent } from '../tools/tool.ts';
import { longOutputTokens, outputTokens, type CallerName } from '../work.ts';
import {
  CallUnsent,
  ModelFailure,
  type CallCost,
  type ChatModel,
  type ModelFailureCode,
  type ModelReply,
  type ModelRequest,
} from './chat-model.ts';
import type { Conversation } from './conversation.ts';

/** What became of a call. */
export type Called =
  | { readonly kind: 'replied'; readonly reply: ModelReply }
  | { readonly kind: 'ended'; readonly outcome: Unspent<AgentOutcome> };

/** Of what a model can read: where a request comes over the first, room is made down to the second. */
const [fullShare, roomyShare] = [0.8, 0.5];
const restAfterDownMs = 30_000;

type CallerLink = Pick<AgentLink, 'maySpend' | 'spend' | 'waits'>;

/** Makes one agent's calls, each within what the agent may spend. */
export class ModelCaller {
  readonly #model: ChatModel;
  readonly #link: CallerLink;
  readonly #allowance: Amount;
  readonly #as: CallerName;
  /** How long a reply may be, the most wanted first. */
  readonly #lengths: readonly number[];
  #length = 0;
  #spent = zeroAmount;
  #calls = 0;
  /** Of the request under way. */
  #bound = zeroAmount;

  /** `isLong`: what it answers may be as long as its model can. */
  constructor(
    as: CallerName,
    model: ChatModel,
    link: CallerLink,
    allowance: Amount,
    isLong = false,
  ) {
    this.#lengths = isLong ? longOutputTokens(model.outputTokens) : outputTokens;
    this.#model = model;
    this.#link = link;
    this.#allowance = allowance;
    this.#as = as;
  }

  /** Without `ms`. */
  get spent(): Amount {
    return this.#spent;
  }

  /** How long the last reply was allowed to be, in tokens. */
  get length(): number {
    return Math.min(this.#length, this.#model.outputTokens);
  }

  /** Rejects with the signal's reason where that aborted. */
  async call(
    conversation: Conversation,
    hear: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Called> {
    try {
      const request = await this.#fitting(conversation, signal);
      return 'kind' in request ? request : await this.#make(request, hear, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelFailure)) throw error;
      // What a try cost that broke off may have left enough for a shorter reply.
      if (error.code === 'unaffordable') return await this.call(conversation, hear, signal);
      if (error.code === 'too-large' && conversation.makeRoom(conversation.chars / 2)) {
        return this.call(conversation, hear, signal);
      }
      const { code, message } = error;
      return { kind: 'ended', outcome: { kind: 'failed', code, message, retry: retryOf(code) } };
    }
  }

  /** The request, small enough for the model and for what may be spent; that is held from here on. */
  async #fitting(conversation: Conversation, signal: AbortSignal): Promise<ModelRequest | Called> {
    // To be counted, a prompt may have to wait for its service.
    using _ = this.#link.waits();
    // Counted here as well: a model that tells no turns must not go on for ever.
    if (this.#calls >= this.#allowance.turns) return this.#exhausted({ ...zeroAmount, turns: 1 });
    let bound = zeroAmount;
    for (const maxOutputTokens of this.#lengths) {
      let request = conversation.request(maxOutputTokens);
      bound = await this.#model.bound(request, signal);
      const full = this.#model.contextTokens * fullShare;
      // A long reply is no reason to forget what was read.
      if (bound.tokens > full && maxOutputTokens > outputTokens[0]) continue;
      if (bound.tokens > full) {
        const chars = (conversation.chars * this.#model.contextTokens * roomyShare) / bound.tokens;
        if (conversation.makeRoom(chars)) {
          request = conversation.request(maxOutputTokens);
          bound = await this.#model.bound(request, signal);
        }
      }
      this.#bound = bound;
      this.#length = maxOutputTokens;
      if (this.#link.maySpend(bound, this.#name)) return request;
      // A shorter reply helps where tokens or money are short, not where the turns are used up.
      if (this.#spent.turns + bound.turns > this.#allowance.turns) break;
    }
    return this.#exhausted(bound);
  }

  #exhausted(bound: Amount): Called {
    const calls = { ...this.#spent, turns: Math.max(this.#spent.turns, this.#calls) };
    const what = overrun(addAmounts(calls, bound), this.#allowance) ?? 'tokens';
    return { kind: 'ended', outcome: { kind: 'exhausted', what } };
  }

  async #make(
    request: ModelRequest,
    hear: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Called> {
    const again = (broken: CallCost): boolean => {
      this.#settle(broken);
      return this.#link.maySpend(this.#bound, this.#name);
    };
    let waiting: Disposable | null = null;
    const waits = (isWaiting: boolean, whom?: AwaitedBy): void => {
      if (isWaiting) waiting ??= this.#link.waits(whom);
      else {
        waiting?.[Symbol.dispose]();
        waiting = null;
      }
    };
    this.#calls += 1;
    try {
      const reply = await this.#model.call(request, hear, signal, again, waits);
      this.#settle(reply);
      return { kind: 'replied', reply };
    } catch (error) {
      if (error instanceof CallUnsent) {
        this.#settle(error.spent);
        throw error.reason;
      }
      // What a call that was broken off has cost nobody knows: all that was held for it counts.
      if (error instanceof ModelFailure && error.code !== 'unaffordable') this.#settle(error.spent);
      throw error;
    } finally {
      waits(false);
    }
  }

  #settle({ cost, usage }: CallCost): void {
    this.#link.spend(cost, { ...this.#name, usage });
    this.#spent = addAmounts(this.#spent, cost);
  }

  get #name(): CallName {
    const { id: model, priced } = this.#model;
    const name = { ...this.#as, model };
    return priced ? name : { ...name, unpriced: true };
  }
}

/** What another agent of the same task can fare better with: a provider that is up again. */
function retryOf(code: Exclude<ModelFailureCode, 'unaffordable'>): Retry {
  switch (code) {
    case 'provider-down':
      return { kind: 'retryable', afterMs: restAfterDownMs };
    case 'unauthorised':
    case 'unpaid':
    case 'no-model':
    case 'bad-request':
    case 'too-large':
      return { kind: 'terminal' };
  }
}
