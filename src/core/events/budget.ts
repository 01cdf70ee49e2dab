import type { Amount } from '../budget.ts';
import type { ModuleId, NodeRef, Order } from '../ids.ts';
import type { Scope } from '../scopes.ts';
import type { Recorded } from './recorded.ts';

export interface BudgetReserved extends Recorded {
  readonly type: 'budget-reserved';
  /** The event that ordered the work it is for. */
  readonly order: Order;
  /** `module:…` for its builders, reviewers and planners; `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: AgentRole;
  readonly amount: Amount;
}

/** Whose work is paid for; planners' and integrators' counts against the run alone. */
export type AgentRole = 'builder' | 'reviewer' | 'planner' | 'integrator';

/** Settles a reservation; where what was spent is not known, it counts in full. */
export interface BudgetSpent extends Recorded {
  readonly type: 'budget-spent';
  readonly order: Order;
  /** `module:…` for its builders, reviewers and planners; `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: AgentRole;
  readonly amount: Amount;
  readonly inFull: boolean;
}

export interface BudgetExhausted extends Recorded {
  readonly type: 'budget-exhausted';
  /** null: a shared one. */
  readonly module: ModuleId | null;
  /** Missing in older journals, where it is the module's, or else the run's. */
  readonly scope?: Scope;
  readonly what: keyof Amount | 'attempts';
  /** The bound with which the work that was refused could begin; null where it is not known. */
  readonly least?: number | null;
}

/** What is set aside, spent and used up. */
export type BudgetEvent = BudgetReserved | BudgetSpent | BudgetExhausted;
