import { endTrial } from './evolve-provider.ts';
import { scopeOfExhaustion, wasRaised, type Account } from './accounts.ts';
import { addAmounts, subtractAmounts, zeroAmount } from './budget.ts';
import type { Draft } from './draft.ts';
import type { AgentRole, BudgetExhausted, BudgetReserved, BudgetSpent } from './events/budget.ts';
import type { PlanChanged } from './events/plan-change.ts';
import { moduleId, parseNodeRef, type NodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import { isShared, phaseOf, poolOf } from './scopes.ts';

type BudgetEvent = BudgetReserved | BudgetSpent | BudgetExhausted | PlanChanged;

/** Folds what is reserved, spent, used up and raised, into the run's account and those of its parts. */
export function evolveBudget(draft: Draft, event: BudgetEvent): void {
  switch (event.type) {
    case 'budget-reserved':
      reserve(draft, event);
      break;
    case 'budget-spent':
      settle(draft, event);
      break;
    case 'budget-exhausted':
      exhaust(draft, event);
      break;
    case 'plan-changed':
      raise(draft, event);
      break;
  }
}

function reserve(draft: Draft, event: BudgetReserved): void {
  draft.reservations = draft.reservations.set(event.order, event.amount);
  draft.reserved = addAmounts(draft.reserved, event.amount);
  const { amount } = event;
  changeAccounts(draft, event.for, event.role, (account) => ({
    ...account,
    reserved: addAmounts(account.reserved, amount),
  }));
}

function settle(draft: Draft, event: BudgetSpent): void {
  const reserved = draft.reservations.get(event.order) ?? zeroAmount;
  draft.reservations = draft.reservations.delete(event.order);
  endTrial(draft, event.order);
  draft.reserved = subtractAmounts(draft.reserved, reserved);
  draft.spent = addAmounts(draft.spent, event.amount);
  changeAccounts(draft, event.for, event.role, (account) => ({
    spent: addAmounts(account.spent, event.amount),
    reserved: subtractAmounts(account.reserved, reserved),
    inFull: event.inFull ? addAmounts(account.inFull, event.amount) : account.inFull,
  }));
  if (event.role === 'planner' || event.role === 'integrator') return;
  const node = moduleNode(draft, moduleId(parseNodeRef(event.for).id));
  const module = draft.modules.get(node);
  const spent = addAmounts(module.spent, event.amount);
  const inFull = event.inFull ? addAmounts(module.inFull, event.amount) : module.inFull;
  draft.modules = draft.modules.set(node, { ...module, spent, inFull });
}

/** What was raised is not used up any more. */
function raise(draft: Draft, { plan }: PlanChanged): void {
  const before = draft.plan;
  draft.plan = plan;
  const left = draft.exhausted.filter((each) => !wasRaised(before, plan, each));
  if (left.length === draft.exhausted.length) return;
  draft.needPerson -= draft.exhausted.length - left.length;
  draft.exhausted = left;
}

function exhaust(draft: Draft, event: BudgetExhausted): void {
  const scope = scopeOfExhaustion(event);
  const { what, least, at } = event;
  if (!isShared(scope) || what === 'attempts') return;
  if (draft.exhausted.some((each) => each.scope === scope)) return;
  draft.exhausted = [...draft.exhausted, { scope, what, least: least ?? null, since: at }];
  draft.needPerson++;
}

/** Of the pool and the phase that pay for this work. */
function changeAccounts(
  draft: Draft,
  ref: NodeRef,
  role: AgentRole,
  change: (account: Account) => Account,
): void {
  const pool = `pool:${poolOf(role)}` as const;
  const phase = `phase:${phaseOf(ref, role)}` as const;
  const { accounts } = draft;
  draft.accounts = {
    ...accounts,
    [pool]: change(accounts[pool]),
    [phase]: change(accounts[phase]),
  };
}
