import { affordable } from './allowance.ts';
import { zeroAmount, type Amount } from './budget.ts';
import type { Deciding } from './deciding.ts';
import type { AgentRole } from './events.ts';
import type { NodeRef, Order } from './ids.ts';

/** Settles a reservation; null: nobody knows what was spent, so it counts in full. */
export function spend(
  deciding: Deciding,
  order: Order,
  ref: NodeRef,
  role: AgentRole,
  spent: Amount | null,
): void {
  const amount = spent ?? deciding.state.reservations.get(order) ?? zeroAmount;
  const inFull = spent === null;
  deciding.emit({ type: 'budget-spent', order, for: ref, role, amount, inFull });
}

/** Work that is done again under its order after a crash: what it had counts in full. */
export function reserveAgain(
  deciding: Deciding,
  order: Order,
  ref: NodeRef,
  role: AgentRole,
): void {
  const before = deciding.state.reservations.get(order);
  if (before === undefined) return;
  spend(deciding, order, ref, role, null);
  const amount = affordable(deciding.state, before);
  deciding.emit({ type: 'budget-reserved', order, for: ref, role, amount });
}
