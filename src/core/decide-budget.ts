import { accountOf, exhaustedAmong, leftOf, timeLeftMs } from './accounts.ts';
import { atLeastZero, integrationAllowance, reviewAllowance } from './allowance.ts';
import { isZero, minAmount, overrun, zeroAmount, type Amount } from './budget.ts';
import type { Deciding } from './deciding.ts';
import type { AgentRole } from './events/budget.ts';
import { modulePlan } from './graph.ts';
import { moduleId, nodeRef, parseNodeRef, type NodeRef, type Order } from './ids.ts';
import { moduleNode } from './lookup.ts';
import { hidesMoney } from './metering.ts';
import { phaseOf, poolOf, sharedScopesOf, type SharedScope } from './scopes.ts';
import type { RunState } from './state.ts';

/** Below this share of what is wanted no work is begun on what a shared budget has left. */
const leastShare = 0.1;

/** Work that is to be paid for. */
export interface Payable {
  readonly ref: NodeRef;
  readonly role: AgentRole;
  readonly wanted: Amount;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;

/**
 * What can be reserved for this work: the least that any of its budgets gives. All of it, or, where
 * no reservation can come back to a budget, what that one has left. null: wait for reservations to
 * be settled, or for a person where too little is left.
 */
export function reservable(deciding: Deciding, work: Payable): Amount | null {
  const { state } = deciding;
  const scopes = sharedScopesOf(work.ref, work.role);
  if (exhaustedAmong(state, scopes) !== null) return null;
  const wanted = payable(state, work, deciding.at);
  let rest = wanted;
  let waits = false;
  for (const scope of scopes) {
    const left = atLeastZero(leftOf(state, scope));
    if (overrun(wanted, left) === null) continue;
    const what = scarce(wanted, left);
    if (!isZero(accountOf(state, scope).reserved)) waits = true;
    else if (what === null) rest = minAmount(rest, left);
    else {
      exhaust(deciding, scope, what, wanted[what]);
      return null;
    }
  }
  return waits ? null : rest;
}

/** Whether the work must wait although there is a place for it: law 9 asks for a reason. */
export function waitsForBudget(state: RunState, work: Payable): boolean {
  const scopes = sharedScopesOf(work.ref, work.role);
  if (exhaustedAmong(state, scopes) !== null) return true;
  const wanted = payable(state, work, state.at);
  return scopes.some(
    (scope) =>
      overrun(wanted, atLeastZero(leftOf(state, scope))) !== null &&
      !isZero(accountOf(state, scope).reserved),
  );
}

/** What nobody can count is not reserved, and nothing begins that the clock would cut off. */
function payable(state: RunState, { role, wanted }: Payable, at: number): Amount {
  const { microUsd, ms } = wanted;
  return {
    ...wanted,
    microUsd: hidesMoney(state.plan, poolOf(role)) ? 0 : microUsd,
    ms: Math.min(ms, timeLeftMs(state, at)),
  };
}

function scarce(wanted: Amount, left: Amount): keyof Amount | null {
  return units.find((unit) => left[unit] < wanted[unit] * leastShare) ?? null;
}

/** Asks a person for more; `wanted` is what the work that was refused would have reserved. */
function exhaust(deciding: Deciding, scope: SharedScope, what: keyof Amount, wanted: number): void {
  const { spent, reserved } = accountOf(deciding.state, scope);
  const least = spent[what] + reserved[what] + wanted;
  deciding.emit({ type: 'budget-exhausted', module: null, scope, what, least });
}

/**
 * An agent could not go on although its module has more to give: a shared budget had cut what was
 * reserved for it. Of those that have too little left, the one with least did; that is used up then, not
 * the module's. False where none had.
 */
export function exhaustShared(deciding: Deciding, work: Payable, what: keyof Amount): boolean {
  const { state, at } = deciding;
  const wanted = work.wanted[what];
  let cut: { readonly scope: SharedScope; readonly left: number } | null = null;
  for (const scope of sharedScopesOf(work.ref, work.role)) {
    const left =
      scope === 'run' && what === 'ms' ? timeLeftMs(state, at) : leftOf(state, scope)[what];
    if (left < wanted && (cut === null || left < cut.left)) cut = { scope, left };
  }
  if (cut === null) return false;
  const { scope } = cut;
  if (scope === 'run' && what === 'ms') exhaustClock(deciding);
  else exhaust(deciding, scope, what, wanted);
  return true;
}

/** The run's minutes are over. More minutes of the clock are no matter of what is reserved. */
export function exhaustClock(deciding: Deciding): void {
  const spent = { scope: 'run', what: 'ms', least: null } as const;
  deciding.emit({ type: 'budget-exhausted', module: null, ...spent });
}

export function reserve(
  deciding: Deciding,
  order: Order,
  { ref, role }: Payable,
  amount: Amount,
): void {
  deciding.emit({ type: 'budget-reserved', order, for: ref, role, amount });
}

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
 * gets as much once more. False where no budget has that much left: then it is not judged now.
 */
export function reserveAgain(deciding: Deciding, order: Order, ref: NodeRef): boolean {
  const before = deciding.state.reservations.get(order);
  if (before === undefined) return true;
  const ofModule = ref.startsWith('module:');
  const role = ofModule ? 'reviewer' : 'integrator';
  spend(deciding, order, ref, role, null);
  const { state } = deciding;
  const least = ofModule ? moduleShare(state, ref) : before;
  const work = { ref, role, wanted: minAmount(before, least) } as const;
  const wanted = payable(state, work, deciding.at);
  const amount = sharedScopesOf(ref, role)
    .map((scope) => leftOf(state, scope))
    .reduce(minAmount, wanted);
  if (scarce(wanted, atLeastZero(amount)) !== null) return false;
  reserve(deciding, order, work, atLeastZero(amount));
  return true;
}

function moduleShare(state: RunState, ref: NodeRef): Amount {
  const node = moduleNode(state, moduleId(parseNodeRef(ref).id));
  return reviewAllowance(state.modules.get(node), modulePlan(state.plan, node).budget);
}

/** What judging a tier or an end-to-end gate may cost. */
export function integration(state: RunState, ref: NodeRef): Payable {
  const role = 'integrator';
  const phase = phaseOf(ref, role) === 'end-to-end' ? 'end-to-end' : 'integrate';
  return { ref, role, wanted: integrationAllowance(state.plan.budget, phase) };
}

export const ofModule = (module: string, role: AgentRole, wanted: Amount): Payable => ({
  ref: nodeRef('module', module),
  role,
  wanted,
});
