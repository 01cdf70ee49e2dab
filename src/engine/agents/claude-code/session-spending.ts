import { addAmounts, overrun, zeroAmount, type Amount } from '../../../core/budget.ts';
import { addUsage, noUsage, type ModelUsage } from '../../../core/usage.ts';
import type { AgentLink } from '../agent.ts';
import { callBound, callCost } from '../models/cost.ts';
import type { ModelFacts } from '../models/model-facts.ts';

/** A model as a session asks it. */
export interface SessionModel {
  readonly id: string;
  readonly facts: ModelFacts;
  /** Its price is the list price, by which Claude Code reckons too. */
  readonly listed: boolean;
}

/** How long a reply may be. */
export const maxOutputTokens = 16_000;
/** A reply is seldom as long as it may be: where little is left, the next call is held to less. */
const outputs = [maxOutputTokens, 4_000, 1_500] as const;

/**
 * What one session spends. Each call is asked for before it is made and counted when it has been
 * answered; at the end all that the session says that it cost counts, also what was never asked for.
 */
export class SessionSpending {
  readonly #link: Pick<AgentLink, 'maySpend' | 'spend'>;
  readonly #provider: string;
  readonly #model: SessionModel;
  readonly #allowance: Amount;
  #spent = zeroAmount;
  #counted = noUsage;
  /** Calls that were asked for and not counted yet. */
  #held = 0;
  /** Of the call that is being answered; null: none is. */
  #open: ModelUsage | null = null;
  #prompt = 0;

  constructor(
    link: Pick<AgentLink, 'maySpend' | 'spend'>,
    provider: string,
    model: SessionModel,
    allowance: Amount,
  ) {
    this.#link = link;
    this.#provider = provider;
    this.#model = model;
    this.#allowance = allowance;
  }

  /** Without `ms`. */
  get spent(): Amount {
    return this.#spent;
  }

  /** Asks for a call whose prompt has so many tokens more than the last; what is used up, or null. */
  ask(moreTokens: number): keyof Amount | null {
    const { prices } = this.#model.facts;
    const prompt = Math.ceil(this.#prompt + moreTokens);
    for (const output of outputs) {
      if (this.#link.maySpend(callBound(prompt, output, prices))) {
        this.#held += 1;
        return null;
      }
    }
    const least = callBound(prompt, outputs[outputs.length - 1] ?? 0, prices);
    return overrun(addAmounts(this.#spent, least), this.#allowance) ?? 'tokens';
  }

  /** A call is being answered. */
  began(usage: ModelUsage): void {
    // The one before it broke off and was made again.
    if (this.#open !== null) this.#count(this.#open, 0);
    this.#open = usage;
  }

  /** `now`: all that the call has used so far. */
  goesOn(now: (before: ModelUsage) => ModelUsage): void {
    if (this.#open !== null) this.#open = now(this.#open);
  }

  answered(): void {
    if (this.#open === null) return;
    const usage = this.#open;
    this.#open = null;
    this.#prompt = usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
    this.#count(usage, 1);
  }

  /** The session has come to a rest; `microUsd` and `all` are what it says that it cost so far. */
  settle(all: ModelUsage, microUsd: number): void {
    if (this.#open !== null) this.#count(this.#open, 0);
    this.#open = null;
    const usage = less(all, this.#counted);
    const cost = callCost(usage, this.#model.facts.prices, 0);
    const told = this.#model.listed ? Math.ceil(microUsd) - this.#spent.microUsd : 0;
    const more = { ...cost, microUsd: Math.max(cost.microUsd, told) };
    if (more.tokens > 0 || more.microUsd > 0) this.#spend(more, usage);
    this.rest();
  }

  /** No call is under way any more: what was asked for and never made is given back. */
  rest(): void {
    if (this.#open !== null) this.#count(this.#open, 0);
    this.#open = null;
    while (this.#held > 0) this.#spend(zeroAmount, noUsage);
  }

  #count(usage: ModelUsage, turns: 0 | 1): void {
    this.#counted = addUsage(this.#counted, usage);
    this.#spend(callCost(usage, this.#model.facts.prices, turns), usage);
  }

  #spend(cost: Amount, usage: ModelUsage): void {
    this.#spent = addAmounts(this.#spent, cost);
    this.#held = Math.max(0, this.#held - 1);
    this.#link.spend(cost, this.#call(usage));
  }

  #call(usage: ModelUsage) {
    const call = { provider: this.#provider, model: this.#model.id, usage };
    return this.#model.facts.prices === null ? { ...call, unpriced: true as const } : call;
  }
}

const less = (all: ModelUsage, counted: ModelUsage): ModelUsage => ({
  input: Math.max(0, all.input - counted.input),
  cacheRead: Math.max(0, all.cacheRead - counted.cacheRead),
  cacheWrite: Math.max(0, all.cacheWrite - counted.cacheWrite),
  output: Math.max(0, all.output - counted.output),
});
