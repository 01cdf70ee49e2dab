import { grantOf } from '../allowance.ts';
import { scaleAmount, type Amount } from '../budget.ts';
import { plural, t } from '../language.ts';
import { amountWords, budgetLines, budgetLineWords } from './budgets.ts';
import { money, tokens } from './figures.ts';
import { moneyKnowledge, spentOfMoney } from './money-known.ts';
import type { Replayed } from './timeline.ts';
import { listed } from './words.ts';

/** Whether a run kept all its bounds, and the figures that say so. */
export interface KeptBudgets {
  /** `unknown` where some agents do not tell what they cost. */
  readonly kept: boolean | 'unknown';
  readonly figure: string;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;
const mostNamed = 5;

/** Holds the bounds of the run, its pools, its phases and its modules against what was used of them. */
export function keptBudgets(replayed: Pick<Replayed, 'state' | 'costs'>): KeptBudgets {
  const { state } = replayed;
  const { plan, spent } = state;
  const lines = budgetLines(replayed, state.at);
  const modules = plan.modules.flatMap(({ id, budget }, node) => {
    const { grants, spent: used } = state.modules.get(node);
    const given = scaleAmount(grantOf(budget), grants);
    return units.map((unit) => ({ id, unit, used: used[unit], given: given[unit] }));
  });
  const over = [
    ...lines.filter((line) => line.spent > line.bound).map(budgetLineWords),
    ...modules.filter(({ used, given }) => used > given).map(moduleWords),
  ];
  const hidden = lines.some((line) => line.money !== 'known');
  const all = lines.length + modules.length;
  const whole = t(
    '{0} of {1} tokens, {2}',
    tokens(spent.tokens),
    tokens(plan.budget.tokens),
    spentOfMoney(spent.microUsd, money(plan.budget.microUsd), moneyKnowledge(replayed)),
  );
  if (over.length > 0) {
    return { kept: false, figure: t('{0}; over: {1}', whole, listed(over, mostNamed)) };
  }
  return {
    kept: hidden ? 'unknown' : true,
    figure: plural(
      all,
      '{1}; {0} bound in all, none of them passed',
      '{1}; {0} bounds in all, none of them passed',
      whole,
    ),
  };
}

const moduleWords = (of: {
  readonly id: string;
  readonly unit: keyof Amount;
  readonly used: number;
  readonly given: number;
}): string =>
  t('{0}: {1} of {2}', of.id, amountWords(of.unit, of.used), amountWords(of.unit, of.given));
