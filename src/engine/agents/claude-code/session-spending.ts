import { addAmounts, overrun, zeroAmount, type Amount } from '../../../core/budget.ts';
import { addUsage, noUsage, type CallName, type ModelUsage } from '../../../core/usage.ts';
import type { AgentLink } from '../agent.ts';
import { callBound, callCost } from '../models/cost.ts';
import type { ModelFacts } from '../models/model-facts.ts';
import { outputTokens, type CallerName } from '../work.ts';

/** A model as a session asks it. */
export interface SessionModel {
  readonly id: string;
  readonly facts: ModelFacts;
  /** Its price is the list price, by which Claude Code reckons too. */
  readonly listed: boolean;
}

/** Of all that a session may use, at most so much is for one reply. */
const longestShare = 0.1;

/**
 * What one session spends. Each call is asked for before it is made and counted when it has been
 * answered; at the end all that the session says that it cost counts, also what was never asked for:
 * a call that Claude Code makes again without streaming is told by nothing until it is answered.
 */
export class SessionSpending {
  readonly #link: Pick<AgentLink, 'maySpend' | 'spend'>;
  readonly #as: CallerName;
  readonly #model: SessionModel;
  readonly #allowance: Amount;
  #spent = zeroAmount;
  #counted = noUsage;
  /** Calls that were asked for and not counted yet. */
  #held = 0;
  /** Of them those that are being made: nobody can say that they cost nothing. */
  #begun = 0;
  /** Of the call that is being answered; null: none is. */
  #open: ModelUsage | null = null;
  #prompt = 0;
  /** Of the call that was asked for last. */
  #bound = zeroAmount;
  #maxOutput: number | null = null;

  constructor(
    link: Pick<AgentLink, 'maySpend' | 'spend'>,
    as: CallerName,
    model: SessionModel,
    allowance: Amount,
  ) {
    this.#link = link;
    this.#as = as;
    this.#model = model;
    this.#allowance = allowance;
  }

  /** Without `ms`. */
  get spent(): Amount {
    return this.#spent;
  }

  /** How long a reply may be: settled by the first call that was let, since a process cannot be told anew. */
  get maxOutputTokens(): number {
    return this.#maxOutput ?? outputTokens[0];
  }

  /** Asks for a call whose prompt has so many tokens more than the last; what is used up, or null. */
  ask(moreTokens: number): keyof Amount | null {
    const { prices } = this.#model.facts;
    const prompt = Math.ceil(this.#prompt + moreTokens);
    for (const output of this.#maxOutput === null ? this.#lengths() : [this.#maxOutput]) {
      this.#bound = callBound(prompt, output, prices);
      if (!this.#link.maySpend(this.#bound, this.#name)) continue;
      this.#maxOutput = output;
      this.#held += 1;
      return null;
    }
    return this.#usedUp();
  }

  /** A call is being made; what is used up where it was not asked for and is one too many, or null. */
  begins(): keyof Amount | null {
    const usedUp = this.#held > 0 ? null : this.ask(0);
    // Nothing is held for it, and it may have left already.
    if (usedUp !== null) this.#spend(this.#bound, null);
    else this.#begun = Math.min(this.#held, this.#begun + 1);
    return usedUp;
  }

  /** The call broke off and is made once more; what is used up, or null. */
  askAgain(): keyof Amount | null {
    if (this.#open !== null) this.#count(this.#open, 0);
    this.#open = null;
    if (this.#held === 0) {
      if (!this.#link.maySpend(this.#bound, this.#name)) return this.#usedUp();
      this.#held = 1;
    }
    this.#begun = Math.max(1, this.#begun);
    return null;
  }

  /** The call was refused and is not made again: it has cost nothing. */
  refused(): void {
    if (this.#open === null) this.#begun = Math.max(0, this.#begun - 1);
  }

  /** A call is being answered. */
  began(usage: ModelUsage): void {
    // The one before it broke off and was made again.
    if (this.#open !== null) this.#count(this.#open, 0);
    this.#open = usage;
    this.#begun = Math.max(Math.min(1, this.#held), this.#begun);
  }

  /** `now`: all that the call has used so far. */
  goesOn(now: (before: ModelUsage) => ModelUsage): void {
    if (this.#open !== null) this.#open = now(this.#open);
  }

  /** To its end. */
  answered(): ModelUsage {
    const usage = this.#open ?? noUsage;
    if (this.#open === null) return usage;
    this.#open = null;
    this.#prompt = usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
    this.#count(usage, 1);
    return usage;
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
    this.#begun = 0;
    this.rest();
  }

  /**
   * The session says nothing more. What was asked for and never made is given back; calls that were
   * under way may go on to their end at the service: they stay held, and cost what they may. Of one
   * that was being answered more is known: its prompt, and how long the answer is at most.
   */
  rest(): void {
    if (this.#open !== null) {
      const output = Math.max(this.#open.output, this.maxOutputTokens);
      this.#spend(callCost({ ...this.#open, output }, this.#model.facts.prices, 1), null);
      this.#begun = Math.max(0, this.#begun - 1);
    }
    this.#open = null;
    while (this.#held > this.#begun) this.#spend(zeroAmount, noUsage);
  }

  /** What is held for a reply cannot be used for anything else, also in the end, when little is left. */
  #lengths(): number[] {
    const most = Math.min(this.#model.facts.outputTokens, this.#allowance.tokens * longestShare);
    const fitting = outputTokens.filter((each) => each <= most);
    return fitting.length > 0
      ? fitting
      : [Math.min(...outputTokens, this.#model.facts.outputTokens)];
  }

  #usedUp(): keyof Amount {
    return overrun(addAmounts(this.#spent, this.#bound), this.#allowance) ?? 'tokens';
  }

  #count(usage: ModelUsage, turns: 0 | 1): void {
    this.#counted = addUsage(this.#counted, usage);
    this.#begun = Math.max(0, this.#begun - 1);
    this.#spend(callCost(usage, this.#model.facts.prices, turns), usage);
  }

  /** Settles the call that was asked for first; `usage` is null where nobody knows it. */
  #spend(cost: Amount, usage: ModelUsage | null): void {
    this.#spent = addAmounts(this.#spent, cost);
    this.#held = Math.max(0, this.#held - 1);
    this.#link.spend(cost, usage === null ? this.#name : { ...this.#name, usage });
  }

  get #name(): CallName {
    const name = { ...this.#as, model: this.#model.id };
    return this.#model.facts.prices === null ? { ...name, unpriced: true } : name;
  }
}

const less = (all: ModelUsage, counted: ModelUsage): ModelUsage => ({
  input: Math.max(0, all.input - counted.input),
  cacheRead: Math.max(0, all.cacheRead - counted.cacheRead),
  cacheWrite: Math.max(0, all.cacheWrite - counted.cacheWrite),
  output: Math.max(0, all.output - counted.output),
});
