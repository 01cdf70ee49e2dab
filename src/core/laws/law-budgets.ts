import { addAmounts, scaleAmount, zeroAmount, type Amount } from '../budget.ts';
import { elapsedMs, grantOf } from '../allowance.ts';
import type { BudgetReserved, BudgetSpent } from '../events.ts';
import { parseNodeRef } from '../ids.ts';
import type { DecisionStep, Law } from './law.ts';
import type { Ledger } from './ledger.ts';

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

function reserved(
  { order, for: ref, role, amount }: BudgetReserved,
  ledger: Ledger,
): string | null {
  if (ledger.reserved.has(order)) return `order ${order} is reserved for twice`;
  const { budget } = ledger.plan;
  const total = addAmounts(addAmounts(ledger.spent, sumOf(ledger)), amount);
  for (const unit of ['tokens', 'microUsd'] as const) {
    if (amount[unit] < 0) return `a reservation of ${amount[unit]} ${unit}`;
    // What was overspent before cannot be helped; nothing more may be reserved then.
    if (amount[unit] > 0 && total[unit] > budget[unit]) {
      return `${total[unit]} ${unit} of ${budget[unit]} are spent or reserved`;
    }
  }
  if (role !== 'builder' && role !== 'reviewer') return null;
  const module = ledger.modules.get(ref);
  const plan = ledger.plan.modules.find(({ id }) => id === parseNodeRef(ref).id);
  if (module === undefined || plan === undefined) return `a reservation for ${ref}`;
  const granted = scaleAmount(grantOf(plan.budget), module.grants);
  const used = addAmounts(module.spent, amount);
  const over = units.find((unit) => amount[unit] > 0 && used[unit] > granted[unit]);
  if (over === undefined) return null;
  return `${ref} may use ${granted[over]} ${over} and has ${used[over]} spent or reserved`;
}

function spent({ order, for: ref, amount, inFull }: BudgetSpent, ledger: Ledger): string | null {
  const limit = ledger.reserved.get(order) ?? zeroAmount;
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
  return equal(state.reserved, sumOf(ledger)) ? null : 'the run has reserved another amount';
}

function sumOf({ reserved: all }: Ledger): Amount {
  let sum = zeroAmount;
  for (const amount of all.values()) sum = addAmounts(sum, amount);
  return sum;
}

const equal = (a: Amount, b: Amount): boolean => units.every((unit) => a[unit] === b[unit]);
