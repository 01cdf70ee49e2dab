import type { Amount } from './budget.ts';
import type { Deciding } from './deciding.ts';
import type { AgentRole } from './events.ts';
import type { Order } from './ids.ts';

/** Settles what a module has reserved; null: nobody knows what was spent, so it counts in full. */
export function spend(
  deciding: Deciding,
  order: Order,
  node: number,
  role: AgentRole,
  spent: Amount | null,
): void {
  const { id, reserved } = deciding.state.modules.get(node);
  const amount = spent ?? reserved;
  const inFull = spent === null;
  deciding.emit({ type: 'budget-spent', order, module: id, role, amount, inFull });
}
