import type { Plan, PoolKind } from './plan/plan.ts';

/**
 * How far the budget of an agent provider can be trusted:
 * `hard`: each call is bounded before it is made;
 * `session`: one call may overshoot, so one call more is held back;
 * `estimated`: turns and minutes are hard, tokens are estimated and money is unknown.
 */
export type Metering = 'hard' | 'session' | 'estimated';

/** How the providers that plans can name count; whatever is not named here meters every call. */
const meterings: Readonly<Record<string, Metering>> = {
  'claude-code': 'session',
  'vscode-lm': 'estimated',
};

const meteringOf = (agent: string): Metering => meterings[agent] ?? 'hard';

/** Whether nobody can tell what the agents of this pool cost in money. */
export const hidesMoney = (plan: Plan, pool: PoolKind): boolean =>
  meteringOf(plan.pools[pool].agent) === 'estimated';
