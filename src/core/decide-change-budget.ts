import { exhaustedBy } from './allowance.ts';
import { withBudget } from './change-budget.ts';
import type { ChangeBudget } from './commands/person.ts';
import type { Refusal } from './commands/refusal.ts';
import type { Deciding } from './deciding.ts';
import { modulePlan } from './graph.ts';
import { moduleId, parseNodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import { ended, no } from './person-rules.ts';
import { phrase } from './phrase.ts';
import { scopeName } from './scope-name.ts';
import { isShared, type Scope } from './scopes.ts';

/**
 * A person gives a scope other bounds. A shared one that was used up pays again; a module that was
 * given up or escalated for want of budget goes on under its contract, if it has enough now.
 */
export function changeBudget(deciding: Deciding, command: ChangeBudget): Refusal | null {
  const { state } = deciding;
  const refusal = ended(state);
  if (refusal !== null) return refusal;
  const { scope, budget, by } = command;
  const id = isShared(scope) ? null : moduleId(parseNodeRef(scope).id);
  if (id !== null && !state.graph.moduleIndex.has(id)) {
    return no('unknown-module', phrase('the plan has no module {0}', id));
  }
  const plan = withBudget(state.plan, scope, budget);
  if (plan === state.plan) {
    return no(
      'same-budget',
      scope === 'run'
        ? phrase('that is the budget that the run has; give another amount')
        : phrase('that is the budget that {0} has; give another amount', nameOf(scope)),
    );
  }
  const reason = `another budget for ${scopeName(scope)}`;
  deciding.emit({ type: 'plan-changed', plan, reason, by });
  if (id === null) return null;
  const node = moduleNode(deciding.state, id);
  const module = deciding.state.modules.get(node);
  const { life } = module;
  const stuck = life.at === 'abandoned' || (life.at === 'escalated' && life.reason === 'exhausted');
  if (stuck && exhaustedBy(module, modulePlan(plan, node).budget) === null) {
    deciding.emit({ type: 'module-resumed', module: id, by });
  }
  return null;
}

/** As plans name it. */
const nameOf = (scope: Scope): string => scope.slice(scope.indexOf(':') + 1);
