import type { Plan, TokenPrices } from '../../../core/plan/plan.ts';
import { anthropicFacts, pricesAsOf } from './anthropic-models.ts';

/** Models whose listed price a plan puts another in the place of, in a line each: money is told by the plan's. */
export const planPriceNotes = ({ models }: Pick<Plan, 'models'>): readonly string[] =>
  models.flatMap(({ id, prices }) => {
    const listed = anthropicFacts(id).prices;
    if (prices === null || listed === null) return [];
    if (listed.long === null && priceWords(prices) === priceWords(listed)) return [];
    const long = listed.long === null ? '' : `, and more above ${listed.long.above} tokens`;
    return [
      `models.${id}: money is counted by the plan's price, ${priceWords(prices)}; the list of ${pricesAsOf} has ${priceWords(listed)}${long}. Leave usd out to take that`,
    ];
  });

/** `$2 in, $10 out, $0.2 from the cache, $2.5 into it, for a million tokens` */
const priceWords = ({ input, output, cacheRead, cacheWrite }: TokenPrices): string =>
  `${usd(input)} in, ${usd(output)} out, ${usd(cacheRead)} from the cache, ${usd(cacheWrite)} into it, for a million tokens`;

const usd = (price: number): string => `$${Number(price.toFixed(6))}`;
