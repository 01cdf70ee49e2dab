import type { TokenPrices } from '../../../core/plan/plan.ts';

/** What a model's tokens cost. */
export interface ModelPrices extends TokenPrices {
  /** Others for all tokens of a request whose prompt is longer than this; null: none are. */
  readonly long: { readonly above: number; readonly prices: TokenPrices } | null;
}

/** What has to be known of a model before it is asked. */
export interface ModelFacts {
  /** How many tokens a request and its reply may hold together. */
  readonly contextTokens: number;
  /** How many tokens a reply may have at most. */
  readonly outputTokens: number;
  /** null: nobody knows what it costs. */
  readonly prices: ModelPrices | null;
}

/** Of a model that nothing is known of: small enough for most. */
export const unknownModel: ModelFacts = {
  contextTokens: 200_000,
  outputTokens: 32_000,
  prices: null,
};
