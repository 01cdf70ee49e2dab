/** Tokens of one or more calls of a model, each counted once. */
export interface ModelUsage {
  /** Read by the model for the first time and not kept. */
  readonly input: number;
  /** Read again from what an earlier call left in the provider's cache. */
  readonly cacheRead: number;
  /** Read for the first time and kept in the provider's cache. */
  readonly cacheWrite: number;
  readonly output: number;
}

export const noUsage: ModelUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

export const addUsage = (a: ModelUsage, b: ModelUsage): ModelUsage => ({
  input: a.input + b.input,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
  output: a.output + b.output,
});

/** All of them, as budgets count: a token that was read from a cache is a token. */
export const tokensOf = ({ input, cacheRead, cacheWrite, output }: ModelUsage): number =>
  input + cacheRead + cacheWrite + output;

/** What a call of a model was, beside what it cost. */
export interface ModelCall {
  /** Who served it, as plans name it: `anthropic`. */
  readonly provider: string;
  /** As its provider calls it. */
  readonly model: string;
  readonly usage: ModelUsage;
  /** The version of the instructions that the agent follows: `generator.v1`. */
  readonly instructions?: string;
  /** Nobody knows what it cost in money: an amount of 0 says nothing of it. */
  readonly unpriced?: true;
}

/** Whose a call is, before anybody knows what it used. */
export type CallName = Omit<ModelCall, 'usage'>;

/** What calls of models came to, told apart as an amount of a budget is not. */
export interface Cost {
  readonly calls: number;
  readonly tokens: ModelUsage;
  /** Tokens of calls that did not say of what kind they were, or never came to an end: those at most. */
  readonly untold: number;
  /** Of the calls whose price is known. */
  readonly microUsd: number;
  /** How many calls nobody knows the price of. */
  readonly unpriced: number;
}

export const noCost: Cost = { calls: 0, tokens: noUsage, untold: 0, microUsd: 0, unpriced: 0 };

/** What the calls of one model came to. */
export interface UsageLine extends Cost {
  readonly provider: string;
  /** '' where its agents do not say. */
  readonly model: string;
  /** The version of its agent's instructions; left out where the agent does not say. */
  readonly instructions?: string;
}

/** `times` -1: what an agent told before, whose place something newer takes. */
export const addCosts = (a: Cost, b: Cost, times: 1 | -1 = 1): Cost => ({
  calls: a.calls + times * b.calls,
  tokens: {
    input: a.tokens.input + times * b.tokens.input,
    cacheRead: a.tokens.cacheRead + times * b.tokens.cacheRead,
    cacheWrite: a.tokens.cacheWrite + times * b.tokens.cacheWrite,
    output: a.tokens.output + times * b.tokens.output,
  },
  untold: a.untold + times * b.untold,
  microUsd: a.microUsd + times * b.microUsd,
  unpriced: a.unpriced + times * b.unpriced,
});

export const sumOfCosts = (costs: Iterable<Cost>): Cost =>
  [...costs].reduce((sum, each) => addCosts(sum, each), noCost);
