import { addAmounts, subtractAmounts, type Amount } from '../budget.ts';
import { hidesMoney } from '../metering.ts';
import { poolKinds, type Plan, type PoolKind } from '../plan/plan.ts';
import type { SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import type { TaskRole } from '../events/agent.ts';
import { t } from '../language.ts';
import { noCost, sumOfCosts, type Cost } from '../usage.ts';
import type { Costs } from './costs.ts';
import { money } from './figures.ts';
import type { Spending } from './spending.ts';

/** How much of the money is known: agents of a subscription do not tell what they cost. */
export type MoneyKnowledge = 'known' | 'partly' | 'unknown';

/** What is asked of a run to tell: its state, and what its agents told of their calls. */
interface Paid {
  readonly state: Pick<RunState, 'plan' | 'accounts'>;
  readonly costs: Costs;
}

/** What of the money that the run, or one of its budgets, has spent is known. */
export function moneyKnowledge(paid: Paid, scope: SharedScope = 'run'): MoneyKnowledge {
  const { accounts } = paid.state;
  const worked = poolsOf(scope).filter((pool) => hasWorked(accounts[`pool:${pool}`].spent));
  return allOf(worked.map((pool) => poolMoney(paid, pool)));
}

/** The same of what the agents of a pool that has worked were paid. */
export function poolMoney({ state: { plan }, costs }: Paid, pool: PoolKind): MoneyKnowledge {
  return byCalls(sumOfCosts(rolesOf[pool].map((role) => costs.byRole.get(role) ?? noCost)), () =>
    guessed(plan, [pool]),
  );
}

/** The same of one module, its agent at work included; `spending` null: who spent it was not kept. */
export function moduleMoney(
  { state: { plan }, costs }: Paid,
  node: number,
  settled: Amount,
  spending: Spending | null,
): MoneyKnowledge {
  return byCalls(costs.byNode.get(node), () => {
    if (spending === null) return hasWorked(settled) ? guessed(plan, poolKinds) : 'known';
    const { builders, reviewers, running } = spending;
    const worked: Record<PoolKind, Amount> = {
      planners: subtractAmounts(settled, addAmounts(builders, reviewers)),
      builders: addAmounts(builders, running),
      reviewers,
    };
    return guessed(
      plan,
      poolKinds.filter((pool) => hasWorked(worked[pool])),
    );
  });
}

/** The same of what a pool's agents did for one module; `whole`: of all that was done for it. */
export function partMoney(
  paid: Paid,
  whole: MoneyKnowledge,
  pool: PoolKind,
  spent: Amount,
): MoneyKnowledge {
  if (!hasWorked(spent)) return 'known';
  return whole === 'partly' ? poolMoney(paid, pool) : whole;
}

/** The same of a node that these pools' agents worked for. */
export const nodeMoney = (
  { state: { plan }, costs }: Paid,
  node: number,
  worked: readonly PoolKind[],
): MoneyKnowledge => byCalls(costs.byNode.get(node), () => guessed(plan, worked));

/**
 * What agents told of their calls is what was paid, wherever a pool's agents come from by now. Where
 * none told anything, as agents that were lost and journals of before, their provider says whether it can.
 */
const byCalls = (cost: Cost, guess: () => MoneyKnowledge): MoneyKnowledge =>
  cost.calls === 0 ? guess() : knowledgeOfCalls(cost);

/** By who makes the agents of these pools now, each of which has worked. */
const guessed = (plan: Plan, worked: readonly PoolKind[]): MoneyKnowledge =>
  allOf(worked.map((pool) => (hidesMoney(plan, pool) ? 'unknown' : 'known')));

function allOf(parts: readonly MoneyKnowledge[]): MoneyKnowledge {
  if (parts.every((part) => part === 'known')) return 'known';
  return parts.every((part) => part === 'unknown') ? 'unknown' : 'partly';
}

const rolesOf: Readonly<Record<PoolKind, readonly TaskRole[]>> = {
  planners: ['scout', 'architect', 'contract-author', 'arbiter'],
  builders: ['generator', 'reviser'],
  reviewers: ['evaluator', 'integrator'],
};

/** By what calls of models said of themselves; without any there is nothing that is not known. */
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
  return known === 'unknown' ? t('unknown') : t('{0} and an unknown part', money(microUsd));
}

/** `$1.20 of $10.00`; `an unknown part of $10.00`. */
export function spentOfMoney(microUsd: number, bound: string, known: MoneyKnowledge): string {
  if (known === 'known') return t('{0} of {1}', money(microUsd), bound);
  if (known === 'unknown') return t('an unknown part of {0}', bound);
  return t('{0} and an unknown part of {1}', money(microUsd), bound);
}

/** Where there is little room: `$1.20`, `$1.20 + ?`, `$ ?`. */
export function briefMoney(microUsd: number, known: MoneyKnowledge): string {
  if (known === 'known') return money(microUsd);
  return known === 'unknown' ? '$ ?' : `${money(microUsd)} + ?`;
}

/** What the brief form means, in full; nothing where it says it all. */
export function moneyNote(known: MoneyKnowledge): string | undefined {
  if (known === 'known') return undefined;
  return known === 'partly'
    ? t('What its agents cost is known in part: their provider does not tell')
    : t('What its agents cost is not known: their provider does not tell');
}
