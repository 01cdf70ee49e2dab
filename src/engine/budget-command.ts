import type { ChangeBudget } from '../core/commands.ts';
import type { RunState } from '../core/state.ts';
import type { Unstamped } from './run-loop.ts';

/** What is null stays as it is. */
export interface BudgetChange {
  readonly tokens: number | null;
  readonly minutes: number | null;
  readonly usd: number | null;
}

/** The run's budget with what a person changes of it. */
export function budgetCommand(
  { plan: { budget } }: RunState,
  { tokens, minutes, usd }: BudgetChange,
  by: string,
): Unstamped<ChangeBudget> {
  const microUsd = usd === null ? budget.microUsd : Math.round(usd * 1_000_000);
  const changed = {
    tokens: tokens ?? budget.tokens,
    minutes: minutes ?? budget.minutes,
    microUsd,
  };
  return { type: 'change-budget', budget: changed, by };
}
