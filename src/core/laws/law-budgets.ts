import { addAmounts, scaleAmount, zeroAmount, type Amount } from '../budget.ts';
import { elapsedMs, grantOf } from '../allowance.ts';
import type { BudgetReserved, BudgetSpent } from '../events/budget.ts';
import type { Account } from '../accounts.ts';
import type { NodeRef } from '../ids.ts';
import type { PaidPhase, PoolKind } from '../plan/plan.ts';
import type { PartScope, Scope } from '../scopes.ts';
import type { DecisionStep, Law } from './law.ts';
import type { Ledger } from './ledger.ts';
import { payersOf } from './note-event.ts';

export const budgetsAreReserved: Law = {
  number: 11,
  title: 'Budgets are reserved before they are spent',
  holds(step) {
    if (step.at === 'decision') return agreement(step);
    if (step.at === 'end') return null;
    const { event, ledger } = step;
    if (event.type === 'budget-reserved') return reserved(event, ledger);
    return event.type === 'budget-spent' ? spent(event, ledger) : null;
  },
};

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;

function reserved(event: BudgetReserved, ledger: Ledger): string | null {
  const { order, for: ref, role, amount } = event;
  if (ledger.reserved.has(order)) return `order ${order} is reserved for twice`;
  const ofModule = role === 'builder' || role === 'reviewer';
  if (ofModule && !ledger.modules.has(ref)) return `a reservation for ${ref}`;
  for (const unit of units) if (amount[unit] < 0) return `a reservation of ${amount[unit]} ${unit}`;
  for (const scope of payersOf(event)) {
    const fault = overrunOf(scope, amount, ledger);
    if (fault !== null) return fault;
  }
  const left = ledger.plan.budget.minutes * 60_000 - ledger.activeMs - sinceLast(event, ledger);
  if (amount.ms <= 0 || amount.ms <= Math.ceil(left)) return null;
  return `${ref} may work for ${amount.ms} ms and the run has ${left} ms left`;
}

const sinceLast = ({ at }: BudgetReserved, ledger: Ledger): number =>
  ledger.paused ? 0 : at - ledger.at;

/** What a scope has spent, reserved and would reserve now, where that is more than it may use. */
function overrunOf(scope: Scope, amount: Amount, ledger: Ledger): string | null {
  let used = addAmounts(ledger.paid.get(scope) ?? zeroAmount, amount);
  for (const each of ledger.reserved.values()) {
    if (each.scopes.includes(scope)) used = addAmounts(used, each.amount);
  }
  const bound = boundsOf(scope, ledger);
  for (const unit of units) {
    const most = bound[unit];
    // What was overspent before cannot be helped; nothing more may be reserved then.
    if (most !== null && amount[unit] > 0 && used[unit] > most) {
      return `${used[unit]} ${unit} of the ${most} of ${scope} are spent or reserved`;
    }
  }
  return null;
}

type Bounds = Readonly<Record<keyof Amount, number | null>>;

/** Read off the plan, unit by unit; null: not bounded. */
function boundsOf(scope: Scope, { plan, modules }: Ledger): Bounds {
  const module = modules.get(scope as NodeRef);
  if (module !== undefined) {
    const budget = plan.modules.find(({ id }) => `module:${id}` === scope)?.budget;
    if (budget === undefined) throw new Error(`the plan has no ${scope}`);
    return scaleAmount(grantOf(budget), module.grants);
  }
  const { budget, pools } = plan;
  if (scope === 'run') {
    return { tokens: budget.tokens, microUsd: budget.microUsd, turns: budget.turns, ms: null };
  }
  const name = scope.slice(scope.indexOf(':') + 1);
  const part = scope.startsWith('pool:')
    ? pools[name as PoolKind].budget
    : budget.phases[name as PaidPhase];
  if (part === null) return { tokens: null, microUsd: null, turns: null, ms: null };
  const { tokens, microUsd, turns, minutes } = part;
  return { tokens, microUsd, turns, ms: minutes === null ? null : Math.round(minutes * 60_000) };
}

function spent({ order, for: ref, amount, inFull }: BudgetSpent, ledger: Ledger): string | null {
  const limit = ledger.reserved.get(order)?.amount ?? zeroAmount;
  if (inFull && !equal(amount, limit)) return `${ref} pays a part where nobody knows what it spent`;
  if (!ledger.metered) return null;
  const over = units.find((unit) => amount[unit] > limit[unit]);
  if (over === undefined) return null;
  return `${ref} spent ${amount[over]} ${over} of the ${limit[over]} that were reserved`;
}

/** All agents at work have a reservation, and the state's sums are those of the events. */
function agreement({ state, ledger }: DecisionStep): string | null {
  for (const [order, { kind, ref }] of ledger.live) {
    const paid = kind === 'build' || kind === 'judge' || kind === 'plan';
    if (paid !== ledger.reserved.has(order))
      return `order ${order} (${kind} ${ref}) is not paid for`;
  }
  if (ledger.inherited.size > 0) return 'work goes on with what a dead driver had reserved';
  if (ledger.reserved.size > ledger.live.size) return 'a reservation outlives its work';
  const ms = elapsedMs(state, state.at);
  if (ledger.finished === 0 && ms !== ledger.activeMs) {
    return `the run says that it took ${ms} ms of ${ledger.activeMs}`;
  }
  if (!equal(state.spent, ledger.spent)) return 'the run has spent another amount than it says';
  if (!equal(state.reserved, sumOf(ledger, 'run'))) return 'the run has reserved another amount';
  for (const [scope, account] of Object.entries(state.accounts) as [PartScope, Account][]) {
    const same =
      equal(account.spent, ledger.paid.get(scope) ?? zeroAmount) &&
      equal(account.reserved, sumOf(ledger, scope));
    if (!same) return `${scope} has spent or reserved another amount than it says`;
  }
  return null;
}

function sumOf({ reserved: all }: Ledger, scope: Scope): Amount {
  let sum = zeroAmount;
  for (const { amount, scopes } of all.values()) {
    if (scopes.includes(scope)) sum = addAmounts(sum, amount);
  }
  return sum;
}

const equal = (a: Amount, b: Amount): boolean => units.every((unit) => a[unit] === b[unit]);
