import type {
  SDKAPIRetryMessage,
  SDKAssistantMessage,
  SDKPartialAssistantMessage,
  SDKResultMessage,
} from '@anthropic-ai/claude-agent-sdk';
import type { Amount } from '../../../core/budget.ts';
import { noUsage, tokensOf, type ModelUsage } from '../../../core/usage.ts';
import type { RateLimiter } from '../anthropic/rate-limiter.ts';
import type { Turn } from '../anthropic/rate-lane.ts';
import type { CallerName, WorkOf } from '../work.ts';
import type { Ended } from './session-end.ts';
import { SessionSpending, type SessionModel } from './session-spending.ts';
import { totalUsage, usageOf } from './usage.ts';

export interface CallsOf extends WorkOf {
  readonly model: SessionModel;
  /** Of all agents behind the same key, those of the provider `anthropic` among them. */
  readonly limiter: RateLimiter;
}

/**
 * The calls that Claude Code makes of its model. Before each it is asked for what the call may cost, and
 * waits its turn among all that share the key; a call that is made unasked, as after a reply that was
 * cut off, ends the session where it may not be paid.
 *
 * Not shared with the others: Claude Code makes a call again by itself, whoever's turn it is, and does
 * not tell what an answer's head says of the allowance. That it was refused for coming too soon it tells.
 */
export class SessionCalls {
  readonly #of: CallsOf;
  readonly #stopped: AbortSignal;
  readonly #spending: SessionSpending;
  #turn: Turn | null = null;
  #waiting: Disposable | null = null;
  /** Of the reply that streams in, or did last. */
  #reply = '';
  #stop: string | null = null;

  constructor(of: CallsOf, as: CallerName, stopped: AbortSignal) {
    const { link, model, task } = of;
    this.#of = of;
    this.#stopped = stopped;
    this.#spending = new SessionSpending(link, as, model, task.allowance);
  }

  /** Without `ms`. */
  get spent(): Amount {
    return this.#spending.spent;
  }

  /** Of each reply, once the first call was let. */
  get maxOutputTokens(): number {
    return this.#spending.maxOutputTokens;
  }

  /** The model will not do what it is asked to. */
  get isRefused(): boolean {
    return this.#stop === 'refusal';
  }

  /**
   * Lets the next call be made, whose prompt has so many tokens more than the last; or says why it must
   * not be. Rejects when the session is stopped while it waits.
   */
  async before(moreTokens: number): Promise<Ended | null> {
    const ended = exhausted(this.#spending.ask(moreTokens));
    if (ended !== null) return ended;
    const { link, limiter, model } = this.#of;
    using _ = link.waits();
    this.#over(noUsage);
    const more = Math.ceil(moreTokens);
    this.#turn = await limiter.turn(model.id, more, this.#stopped, { seesHeads: false });
    return null;
  }

  /** A call is being made. */
  begins(): Ended | null {
    this.#waits();
    return exhausted(this.#spending.begins());
  }

  /** What was said is being made shorter, with a call of its own. */
  compacts(): Ended | null {
    return exhausted(this.#spending.ask(0));
  }

  /** A call has failed, and is made again after a while. */
  failed({ error_status: status, retry_delay_ms: waitMs }: SDKAPIRetryMessage): Ended | null {
    this.#waits();
    if (status === 429) this.#turn?.refused(waitMs);
    return exhausted(this.#spending.askAgain());
  }

  /** A call has failed for good. */
  refused(): void {
    this.#spending.refused();
  }

  stream(event: SDKPartialAssistantMessage['event']): void {
    switch (event.type) {
      case 'message_start':
        this.#reply = event.message.id;
        this.#stop = null;
        this.#turn?.answered(null);
        this.#spending.began(usageOf(event.message.usage));
        break;
      case 'message_delta':
        this.#stop = event.delta.stop_reason;
        this.#spending.goesOn((before) => usageOf(event.usage, before));
        break;
      case 'message_stop':
        // Said as well of a stream that broke off: that one is made again.
        if (this.#stop !== null) this.#over(this.#spending.answered());
        break;
      case 'content_block_start':
      case 'content_block_delta':
      case 'content_block_stop':
        this.#served();
    }
  }

  /** One that did not stream in was asked for anew, after a stream that broke off. */
  replied({ message: { id, usage, stop_reason: stop } }: SDKAssistantMessage): void {
    this.#served();
    const used = usageOf(usage);
    if (id === this.#reply || tokensOf(used) === 0) return;
    this.#reply = id;
    this.#stop = stop;
    this.#spending.began(used);
    this.#over(this.#spending.answered());
  }

  /** The session has come to a rest, and says what it cost so far. */
  settle({ modelUsage, total_cost_usd: usd }: SDKResultMessage): void {
    this.#served();
    this.#spending.settle(totalUsage(modelUsage), usd * 1e6);
    this.#over(noUsage);
  }

  /** The session has ended, with nothing that says what it cost. */
  rest(): void {
    this.#served();
    this.#spending.rest();
    this.#over(noUsage);
  }

  #over({ input, cacheWrite, output }: ModelUsage): void {
    // What is read from the cache does not count against the allowance.
    this.#turn?.over({ input: input + cacheWrite, output });
    this.#turn = null;
  }

  #waits(): void {
    this.#waiting ??= this.#of.link.waits();
  }

  #served(): void {
    this.#waiting?.[Symbol.dispose]();
    this.#waiting = null;
  }
}

const exhausted = (what: keyof Amount | null): Ended | null =>
  what === null ? null : { kind: 'exhausted', what };
