import type { PoolKind } from '../../../core/plan/plan.ts';
import { unknownModel, type ModelFacts, type ModelPrices } from './model-facts.ts';

/**
 * Public list prices in US dollars as of this day, from the pricing page of Anthropic's platform
 * documentation. Prices change and contracts differ: what a plan says of a model under `models`
 * comes before this list.
 */
export const pricesAsOf = '2026-11-10';

/** Writing to the cache costs a quarter more than reading; reading from it, this part of that. */
const flat = (input: number, output: number, readShare: number): ModelPrices => ({
  input,
  cacheWrite: input * 1.25,
  cacheRead: input * readShare,
  output,
  long: null,
});

const million = 1_000_000;

const facts = (
  prices: ModelPrices,
  contextTokens = million,
  outputTokens = 128_000,
): ModelFacts => ({ contextTokens, outputTokens, prices });

const models: ReadonlyMap<string, ModelFacts> = new Map([
  ['claude-fable-5-2', facts(flat(8, 40, 0.025))],
  ['claude-fable-5-1', facts(flat(10, 50, 0.025))],
  ['claude-fable-5', facts(flat(10, 50, 0.1))],
  ['claude-opus-5-5', facts(flat(4, 20, 0.05))],
  ['claude-opus-5', facts(flat(5, 25, 0.1))],
  ['claude-opus-4-8', facts(flat(5, 25, 0.1))],
  ['claude-opus-4-7', facts(flat(5, 25, 0.1))],
  ['claude-opus-4-6', facts(flat(5, 25, 0.1))],
  ['claude-opus-4-5', facts(flat(5, 25, 0.1), 200_000, 64_000)],
  ['claude-sonnet-5-5', facts(flat(2, 10, 0.05))],
  ['claude-sonnet-5', facts(flat(2, 10, 0.1))],
  ['claude-sonnet-4-6', facts(flat(3, 15, 0.1), million, 64_000)],
  ['claude-sonnet-4-5', facts(flat(3, 15, 0.1), 200_000, 64_000)],
  [
    'claude-haiku-5-5',
    facts({ ...flat(0.1, 0.5, 0.1), long: { above: 100_000, prices: flat(0.5, 2.5, 0.1) } }),
  ],
  ['claude-haiku-4-5', facts(flat(1, 5, 0.1), 200_000, 64_000)],
]);

/** By their ids, the most able of each kind first. */
export const listedModels: readonly string[] = [...models.keys()];

/** A day at the end of an id names one release of the model. */
const release = /-\d{8}$/;

export const anthropicFacts = (id: string): ModelFacts =>
  models.get(id) ?? models.get(id.replace(release, '')) ?? unknownModel;

/** Where nobody names a model. */
export const usualModels: Readonly<Record<PoolKind, string>> = {
  planners: 'claude-opus-5-5',
  builders: 'claude-sonnet-5-5',
  reviewers: 'claude-sonnet-5-5',
};
