import { accountOf } from '../core/accounts.ts';
import { elapsedMs } from '../core/allowance.ts';
import type { ChangeBudget } from '../core/commands/person.ts';
import { scopeName } from '../core/scope-name.ts';
import { isShared } from '../core/scopes.ts';
import type { RunState } from '../core/state.ts';
import type { Unstamped } from './run-loop.ts';

/**
 * Why a run could not go on with this budget: so much is spent already, and what to give instead; null where
 * something is left. A module's is counted anew with each version of its contract, and is not asked about.
 */
export function belowSpent(
  state: RunState,
  { scope, budget }: Unstamped<ChangeBudget>,
): string | null {
  if (!isShared(scope)) return null;
  const { spent } = accountOf(state, scope);
  const ms = scope === 'run' ? elapsedMs(state, state.at) : spent.ms;
  const units = [
    { unit: 'tokens', given: budget.tokens, is: spent.tokens },
    { unit: 'minutes', given: budget.minutes, is: Math.ceil(ms / 600) / 100 },
    {
      ...{ unit: 'usd', given: budget.microUsd === null ? null : budget.microUsd / 1_000_000 },
      is: Math.ceil(spent.microUsd / 10_000) / 100,
    },
    { unit: 'turns', given: budget.turns, is: spent.turns },
  ] as const;
  for (const { unit, given, is } of units) {
    if (given === null || is === 0 || given > is) continue;
    return `${scopeName(scope)} has spent ${is} ${unit} already, so that a budget of ${given} leaves nothing; give --${unit} more than ${is}`;
  }
  return null;
}
