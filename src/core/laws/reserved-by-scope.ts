import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import type { Effect } from '../effects.ts';
import { nodeRef } from '../ids.ts';
import { outstanding } from '../outstanding.ts';
import { partScopes, sharedScopesOf, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';

/** What the work in flight has reserved, summed up for each budget that pays for it. */
export function reservedByScope(state: RunState): Map<SharedScope, Amount> {
  const scopes: SharedScope[] = ['run', ...partScopes];
  const sums = new Map(scopes.map((scope) => [scope, zeroAmount]));
  const paid = new Map(outstanding(state).map((effect) => [effect.order, payersOf(effect)]));
  for (const [order, amount] of state.reservations) {
    for (const scope of paid.get(order) ?? []) {
      sums.set(scope, addAmounts(sums.get(scope) ?? zeroAmount, amount));
    }
  }
  return sums;
}

function payersOf(effect: Effect): readonly SharedScope[] {
  switch (effect.type) {
    case 'generate':
      return sharedScopesOf(nodeRef('module', effect.module), 'builder');
    case 'evaluate':
      return sharedScopesOf(nodeRef('module', effect.module), 'reviewer');
    case 'amend':
    case 'split':
    case 'arbitrate':
      return sharedScopesOf(nodeRef('module', effect.module), 'planner');
    case 'integrate':
      return sharedScopesOf(nodeRef('tier', effect.tier), 'integrator');
    case 'run-gate':
      return sharedScopesOf(nodeRef('gate', effect.gate), 'integrator');
    case 'abort':
    case 'await-provider':
    case 'check-prerequisites':
    case 'compose-subject':
    case 'deliver':
    case 'rest':
    case 'verify-contract':
    case 'write-postmortem':
      return [];
  }
}
