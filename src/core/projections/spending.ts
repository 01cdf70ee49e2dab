import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import type { ProgressReported } from '../events/attempt.ts';
import type { BudgetSpent } from '../events/budget.ts';

/** What a module's agents cost, told apart as the module's own sum in the state is not. */
export interface Spending {
  /** What its agent at work says it has spent in this attempt; it is settled when the agent ends. */
  readonly running: Amount;
  /** When an agent at work said how far it is, UTC milliseconds; 0 before the first did. */
  readonly heardAt: number;
  readonly builders: Amount;
  /** Agents that built, replaced ones too. */
  readonly builds: number;
  readonly reviewers: Amount;
  readonly judgings: number;
}

export const noSpending: Spending = {
  running: zeroAmount,
  heardAt: 0,
  builders: zeroAmount,
  builds: 0,
  reviewers: zeroAmount,
  judgings: 0,
};

export function withSpent(before: Spending, event: ProgressReported | BudgetSpent): Spending {
  if (event.type === 'progress-reported') {
    return { ...before, running: event.spent, heardAt: event.at };
  }
  const { role, amount } = event;
  if (role === 'builder') {
    const builders = addAmounts(before.builders, amount);
    return { ...before, running: zeroAmount, builders, builds: before.builds + 1 };
  }
  if (role !== 'reviewer') return before;
  const reviewers = addAmounts(before.reviewers, amount);
  return { ...before, reviewers, judgings: before.judgings + 1 };
}

/** What one more attempt or judgement may cost by what the earlier ones did; null before the first. */
export function averageMicroUsd(
  { builders, builds, reviewers, judgings }: Spending,
  role: 'builder' | 'reviewer',
): number | null {
  const [spent, times] = role === 'builder' ? [builders, builds] : [reviewers, judgings];
  return times === 0 ? null : Math.round(spent.microUsd / times);
}
