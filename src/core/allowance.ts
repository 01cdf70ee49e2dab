import { minAmount, scaleAmount, subtractAmounts, zeroAmount, type Amount } from './budget.ts';
import type { ModuleBudget, RunBudget } from './plan/plan.ts';
import { awaitsPerson, type RunState } from './state.ts';
import type { ModuleState } from './module-state.ts';

/** What a reviewer may use of a module's budget for one judgement. */
const reviewShare = 0.2;
/** What a planner may use for one amendment, as a share of a module's budget; the run pays. */
const planningShare = 0.25;
const integrationShare = 0.02;
/** Below this share of a fresh budget no further attempt is worth starting. */
const leastShare = 0.05;

/** One grant of a module's budget, as an amount. */
export function grantOf(budget: ModuleBudget): Amount {
  const { tokens, microUsd, turns, minutes } = budget;
  return { tokens, microUsd, turns, ms: Math.round(minutes * 60_000) };
}

/** What is left of all that a module was granted; below zero after an overrun. */
function moduleRemaining(module: ModuleState, budget: ModuleBudget): Amount {
  const granted = scaleAmount(grantOf(budget), module.grants);
  return subtractAmounts(granted, module.spent);
}

/**
 * What one attempt may use: half of what the module has left. A crash costs its whole reservation,
 * since nobody knows how much of it was spent; halving leaves the next attempt the other half.
 */
export function attemptAllowance(module: ModuleState, budget: ModuleBudget): Amount {
  return atLeastZero(scaleAmount(moduleRemaining(module, budget), 0.5));
}

/** What a reviewer may use for one judgement: a share of one grant, or what the module has left. */
export function reviewAllowance(module: ModuleState, budget: ModuleBudget): Amount {
  const share = scaleAmount(grantOf(budget), reviewShare);
  return atLeastZero(minAmount(share, moduleRemaining(module, budget)));
}

export const planningAllowance = (budget: ModuleBudget): Amount =>
  scaleAmount(grantOf(budget), planningShare);

/**
 * What an integrator may use to attribute one failure: a share of the run's budget, and no more than
 * half of what its phase may use at all.
 */
export function integrationAllowance(
  { tokens, microUsd, phases }: RunBudget,
  phase: 'integrate' | 'end-to-end',
): Amount {
  const share = {
    tokens: Math.ceil(tokens * integrationShare),
    microUsd: Math.ceil(microUsd * integrationShare),
    turns: 10,
    ms: 10 * 60_000,
  };
  const bound = phases[phase];
  if (bound === null) return share;
  const half = (most: number | null, per = 1): number =>
    most === null ? Infinity : Math.ceil((most * per) / 2);
  return minAmount(share, {
    tokens: half(bound.tokens),
    microUsd: half(bound.microUsd),
    turns: half(bound.turns),
    ms: half(bound.minutes, 60_000),
  });
}

/** What keeps a module from another attempt; null where nothing does. */
export function exhaustedBy(
  module: ModuleState,
  budget: ModuleBudget,
): keyof Amount | 'attempts' | null {
  if (module.judged >= budget.attempts) return 'attempts';
  const left = moduleRemaining(module, budget);
  const grant = grantOf(budget);
  for (const unit of ['tokens', 'microUsd', 'turns', 'ms'] as const) {
    // A budget of nothing forbids spending, not working.
    if (grant[unit] > 0 && left[unit] < Math.max(1, grant[unit] * leastShare)) return unit;
  }
  return null;
}

/** Milliseconds of the run at `at`, pauses left out. */
export function elapsedMs(state: RunState, at: number): number {
  const { phase, pausedAt } = state;
  // Nobody can work while a person is to mend what all waits for, paused or not.
  const idleSince = Math.min(pausedAt ?? at, awaitsPerson(phase) ? phase.since : at);
  return at - state.startedAt - state.pausedMs - (at - idleSince);
}

export function atLeastZero(amount: Amount): Amount {
  return {
    tokens: Math.max(amount.tokens, zeroAmount.tokens),
    microUsd: Math.max(amount.microUsd, zeroAmount.microUsd),
    turns: Math.max(amount.turns, zeroAmount.turns),
    ms: Math.max(amount.ms, zeroAmount.ms),
  };
}
