import { runElapsedMs } from '../../core/projections/timeline.ts';
import { money, tokens as tokenCount } from '../../core/projections/figures.ts';
import { duration } from '../../core/projections/words.ts';
import type { RunState } from '../../core/state.ts';

export type BudgetPart = 'tokens' | 'minutes' | 'usd';

/** One bound of a run: what it is, and what is used of it or reserved for work in flight. */
export interface BudgetRow {
  readonly part: BudgetPart;
  readonly name: string;
  /** In the unit that a person writes. */
  readonly limit: number;
  readonly used: number;
  readonly says: string;
}

export function budgetRows(state: RunState, at: number): BudgetRow[] {
  const { budget } = state.plan;
  const tokens = state.spent.tokens + state.reserved.tokens;
  const microUsd = state.spent.microUsd + state.reserved.microUsd;
  const ms = runElapsedMs(state, at);
  const row = (part: BudgetPart, name: string, limit: number, used: number, says: string) => ({
    ...{ part, name, limit, used, says },
  });
  return [
    row(
      ...(['tokens', 'Tokens', budget.tokens, tokens] as const),
      `${tokenCount(tokens)} of ${tokenCount(budget.tokens)} used or reserved`,
    ),
    row(
      ...(['minutes', 'Minutes', budget.minutes, ms / 60_000] as const),
      `${duration(ms)} of ${duration(budget.minutes * 60_000)} used`,
    ),
    row(
      ...(['usd', 'US dollars', budget.microUsd / 1_000_000, microUsd / 1_000_000] as const),
      `${money(microUsd)} of ${money(budget.microUsd)} used or reserved`,
    ),
  ];
}

/** What a person wrote as a new bound, or why it cannot be one. `4_000_000`, `4M` and `4.5k` are read. */
export function readBound(text: string, { part, used, limit }: BudgetRow): number | string {
  const match = /^\$?(\d+(?:\.\d+)?)\s*([kKmM])?$/.exec(text.trim().replaceAll(/[_,](?=\d)/g, ''));
  if (match === null) return 'A number, such as 4_000_000, 4M or 12.50.';
  const scale = { k: 1_000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  const bound = Number(match[1]) * scale;
  if (!Number.isSafeInteger(Math.round(bound * 1_000_000)))
    return 'That is more than can be counted.';
  if (part === 'tokens' && !Number.isInteger(bound)) return 'Tokens are whole.';
  if (bound <= limit) return `It is ${trim(limit)} now; give more than that.`;
  return bound <= used ? `${trim(used)} is used already; give more than that.` : bound;
}

const trim = (value: number): string => String(Math.round(value * 100) / 100);
