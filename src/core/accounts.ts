import { elapsedMs } from './allowance.ts';
import { addAmounts, subtractAmounts, zeroAmount, type Amount } from './budget.ts';
import type { BudgetExhausted } from './events/budget.ts';
import { nodeRef, type NodeRef } from './ids.ts';
import type { PaidPhase, Plan, PoolKind, ScopeBudget } from './plan/plan.ts';
import { partScopes, type PartScope, type Scope, type SharedScope } from './scopes.ts';
import type { RunState } from './state.ts';

/** What a shared budget has paid, and what the work in flight may still use of it. */
export interface Account {
  /** Settled. */
  readonly spent: Amount;
  readonly reserved: Amount;
  /** What of `spent` is a whole reservation, because the end of the work was lost. */
  readonly inFull: Amount;
}

/** The accounts of pools and phases; the run's own stands in the state itself. */
export type Accounts = Readonly<Record<PartScope, Account>>;

/** A shared budget that is used up: nothing that it pays for starts until a person raises it. */
export interface Exhausted {
  readonly scope: SharedScope;
  readonly what: keyof Amount;
  /** The bound with which the work that was refused could begin; null where it is not known. */
  readonly least: number | null;
  readonly since: number;
}

const none: Account = { spent: zeroAmount, reserved: zeroAmount, inFull: zeroAmount };

export function noAccounts(): Accounts {
  const accounts: Partial<Record<PartScope, Account>> = {};
  for (const scope of partScopes) accounts[scope] = none;
  return accounts as Accounts;
}

export const accountOf = (
  state: RunState,
  scope: SharedScope,
): Pick<Account, 'spent' | 'reserved'> => (scope === 'run' ? state : state.accounts[scope]);

/** The bounds of a shared budget; infinite in units that it does not bound. */
export function boundOf(plan: Plan, scope: SharedScope): Amount {
  if (scope === 'run') {
    const { tokens, microUsd, turns } = plan.budget;
    // The run's minutes are those of the clock, however many work at once: see `timeLeftMs`.
    return { tokens, microUsd, turns: turns ?? Infinity, ms: Infinity };
  }
  const budget = partBudget(plan, scope);
  return {
    tokens: budget?.tokens ?? Infinity,
    microUsd: budget?.microUsd ?? Infinity,
    turns: budget?.turns ?? Infinity,
    ms: Math.round((budget?.minutes ?? Infinity) * 60_000),
  };
}

export function partBudget(plan: Plan, scope: PartScope): ScopeBudget | null {
  const name = scope.slice(scope.indexOf(':') + 1);
  return scope.startsWith('pool:')
    ? plan.pools[name as PoolKind].budget
    : plan.budget.phases[name as PaidPhase];
}

/** What a shared budget has neither spent nor reserved; below zero after an overrun. */
export function leftOf(state: RunState, scope: SharedScope): Amount {
  const { spent, reserved } = accountOf(state, scope);
  return subtractAmounts(boundOf(state.plan, scope), addAmounts(spent, reserved));
}

/** What the clock leaves of the run's minutes. */
export const timeLeftMs = (state: RunState, at: number): number =>
  Math.max(0, Math.round(state.plan.budget.minutes * 60_000) - elapsedMs(state, at));

/** The first of these budgets that is used up; null where none is. */
export function exhaustedAmong(state: RunState, scopes: readonly SharedScope[]): Exhausted | null {
  if (state.exhausted.length === 0) return null;
  return state.exhausted.find(({ scope }) => scopes.includes(scope)) ?? null;
}

/** Journals of before pools and phases had budgets name a module, or nothing for the run. */
export function scopeOfExhaustion({ scope, module }: BudgetExhausted): Scope {
  return scope ?? (module === null ? 'run' : moduleScope(module));
}

export const moduleScope = (module: string): NodeRef => nodeRef('module', module);

/** The bound of the unit that is used up, before and after: whether somebody raised it. */
export function wasRaised(before: Plan, after: Plan, { scope, what }: Exhausted): boolean {
  if (scope === 'run' && what === 'ms') return after.budget.minutes > before.budget.minutes;
  return boundOf(after, scope)[what] > boundOf(before, scope)[what];
}
