import type { Amount } from '../../../core/budget.ts';
import type { TokenPrices } from '../../../core/plan/plan.ts';
import { tokensOf, type ModelUsage } from '../../../core/usage.ts';
import type { ModelPrices } from './model-facts.ts';

/** What tokens cost in micro-dollars, rounded up; 0 where no price is known. */
function microUsdOf(usage: ModelUsage, prices: ModelPrices | null): number {
  if (prices === null) return 0;
  const { input, cacheRead, cacheWrite, output } = usage;
  const each = pricesFor(prices, input + cacheRead + cacheWrite);
  const exact =
    input * each.input +
    cacheRead * each.cacheRead +
    cacheWrite * each.cacheWrite +
    output * each.output;
  // A rounding error of floating point must not become a micro-dollar.
  return Math.ceil(exact - 1e-6);
}

/** What one request has cost. */
export const callCost = (usage: ModelUsage, prices: ModelPrices | null, turns: 0 | 1): Amount => ({
  tokens: tokensOf(usage),
  microUsd: microUsdOf(usage, prices),
  turns,
  ms: 0,
});

/** The most that a request can cost whose prompt has at most so many tokens. */
export function callBound(prompt: number, output: number, prices: ModelPrices | null): Amount {
  if (prices === null) return { tokens: prompt + output, microUsd: 0, turns: 1, ms: 0 };
  const each = pricesFor(prices, prompt);
  const input = Math.max(each.input, each.cacheWrite, each.cacheRead);
  const microUsd = Math.ceil(prompt * input + output * each.output);
  return { tokens: prompt + output, microUsd, turns: 1, ms: 0 };
}

const pricesFor = ({ long, ...short }: ModelPrices, prompt: number): TokenPrices =>
  long !== null && prompt > long.above ? long.prices : short;
