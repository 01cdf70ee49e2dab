import { affordable, reviewAllowance } from './allowance.ts';
import { minAmount, zeroAmount, type Amount } from './budget.ts';
import type { Deciding } from './deciding.ts';
import type { AgentRole } from './events.ts';
import { modulePlan } from './graph.ts';
import { parseNodeRef, type ModuleId, type NodeRef, type Order } from './ids.ts';

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

/**
 * A gate that is judged again under its order after a crash: what it had counts in full, and it
 * gets as much once more where that much is left.
 */
export function reserveAgain(deciding: Deciding, order: Order, ref: NodeRef): void {
  const before = deciding.state.reservations.get(order);
  if (before === undefined) return;
  const node = deciding.state.graph.moduleIndex.get(parseNodeRef(ref).id as ModuleId);
  const ofModule = ref.startsWith('module:') && node !== undefined;
  const role = ofModule ? 'reviewer' : 'integrator';
  spend(deciding, order, ref, role, null);
  const { state } = deciding;
  const wanted = ofModule
    ? minAmount(
        before,
        reviewAllowance(state.modules.get(node), modulePlan(state.plan, node).budget),
      )
    : before;
  const amount = affordable(state, wanted);
  deciding.emit({ type: 'budget-reserved', order, for: ref, role, amount });
}
