import { addAmounts, subtractAmounts, type Amount } from '../budget.ts';
import { hidesMoney } from '../metering.ts';
import { poolKinds, type Plan, type PoolKind } from '../plan/plan.ts';
import type { SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import type { Cost } from '../usage.ts';
import { money } from './figures.ts';
import type { Spending } from './spending.ts';

/** How much of the money is known: agents of a subscription do not tell what they cost. */
export type MoneyKnowledge = 'known' | 'partly' | 'unknown';

/** What of the money that the run, or one of its budgets, has spent is known. */
export function moneyKnowledge(
  { plan, accounts }: RunState,
  scope: SharedScope = 'run',
): MoneyKnowledge {
  return knowledgeOf(
    plan,
    poolsOf(scope).filter((pool) => hasWorked(accounts[`pool:${pool}`].spent)),
  );
}

/** The same of one module, its agent at work included; null where who spent it was not kept. */
export function moduleMoney(
  plan: Plan,
  settled: Amount,
  spending: Spending | null,
): MoneyKnowledge {
  if (spending === null) return hasWorked(settled) ? knowledgeOf(plan, poolKinds) : 'known';
  const { builders, reviewers, running } = spending;
  const worked: Record<PoolKind, Amount> = {
    planners: subtractAmounts(settled, addAmounts(builders, reviewers)),
    builders: addAmounts(builders, running),
    reviewers,
  };
  return knowledgeOf(
    plan,
    poolKinds.filter((pool) => hasWorked(worked[pool])),
  );
}

/** The same of what these pools have spent, each of which has worked. */
export function knowledgeOf(plan: Plan, worked: readonly PoolKind[]): MoneyKnowledge {
  const hidden = worked.filter((pool) => hidesMoney(plan, pool));
  if (hidden.length === 0) return 'known';
  return hidden.length === worked.length ? 'unknown' : 'partly';
}

/** The same by what calls of models said of themselves; without any there is nothing that is not known. */
export function knowledgeOfCalls({
  calls,
  unpriced,
}: Pick<Cost, 'calls' | 'unpriced'>): MoneyKnowledge {
  if (unpriced === 0) return 'known';
  return unpriced < calls ? 'partly' : 'unknown';
}

/** Whether anything of it can have cost money. */
export const hasWorked = ({ tokens, turns, ms }: Amount): boolean => tokens + turns + ms > 0;

/** Whose agents a budget pays for. */
function poolsOf(scope: SharedScope): readonly PoolKind[] {
  switch (scope) {
    case 'run':
      return poolKinds;
    case 'pool:planners':
    case 'phase:plan':
      return ['planners'];
    case 'pool:builders':
      return ['builders'];
    case 'phase:build':
      return ['builders', 'reviewers'];
    case 'pool:reviewers':
    case 'phase:integrate':
    case 'phase:end-to-end':
      return ['reviewers'];
  }
}

/** `$1.20`; `unknown` where nobody can tell, which is never nothing. */
export function spentMoney(microUsd: number, known: MoneyKnowledge): string {
  if (known === 'known') return money(microUsd);
  return known === 'unknown' ? 'unknown' : `${money(microUsd)} and an unknown part`;
}

/** `$1.20 of $10.00`; `an unknown part of $10.00`. */
export function spentOfMoney(microUsd: number, bound: string, known: MoneyKnowledge): string {
  if (known === 'known') return `${money(microUsd)} of ${bound}`;
  if (known === 'unknown') return `an unknown part of ${bound}`;
  return `${money(microUsd)} and an unknown part of ${bound}`;
}

/** Where there is little room: `$1.20`, `$1.20 + ?`, `$ ?`. */
export function briefMoney(microUsd: number, known: MoneyKnowledge): string {
  if (known === 'known') return money(microUsd);
  return known === 'unknown' ? '$ ?' : `${money(microUsd)} + ?`;
}

/** What the brief form means, in full; nothing where it says it all. */
export const moneyNote = (known: MoneyKnowledge): string | undefined =>
  known === 'known'
    ? undefined
    : `What its agents cost is ${known === 'partly' ? 'known in part' : 'not known'}: their provider does not tell`;
