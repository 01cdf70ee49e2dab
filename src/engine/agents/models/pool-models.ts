import type { ModelPlan, Plan, PoolKind } from '../../../core/plan/plan.ts';
import type { ModelChoice } from '../model-choice.ts';
import type { AgentTask } from '../task.ts';
import { anthropicFacts, usualModels } from './anthropic-models.ts';
import type { ModelFacts } from './model-facts.ts';

/** Models whose price nobody knows: a budget in money does not bound them. */
export function unpricedModels(
  plan: Pick<Plan, 'pools' | 'models'> | null,
  choice: ModelChoice,
  pools: readonly PoolKind[],
): readonly string[] {
  const ids = new Set(pools.map((pool) => modelIdOf(pool, choice, plan)));
  return [...ids].filter((id) => factsOf(id, plan?.models ?? []).prices === null);
}

/** Which model the agents of a pool are: as chosen beside the plan, else as the plan says. */
export const modelIdOf = (
  pool: PoolKind,
  choice: ModelChoice,
  plan: Pick<Plan, 'pools'> | null,
): string => choice[pool] ?? plan?.pools[pool].model ?? usualModels[pool];

/** What a plan says of a model comes before what is listed. */
export function factsOf(id: string, said: readonly ModelPlan[]): ModelFacts {
  const listed = anthropicFacts(id);
  const its = said.find((each) => each.id === id);
  const own = its?.prices ?? null;
  return {
    contextTokens: its?.contextTokens ?? listed.contextTokens,
    outputTokens: its?.outputTokens ?? listed.outputTokens,
    prices: own === null ? listed.prices : { ...own, long: null },
  };
}

/** Of which pool an agent of this role is. */
export function poolOf(role: AgentTask['role']): PoolKind {
  switch (role) {
    case 'generator':
    case 'reviser':
      return 'builders';
    case 'evaluator':
    case 'integrator':
      return 'reviewers';
    case 'contract-author':
    case 'architect':
    case 'arbiter':
    case 'scout':
      return 'planners';
  }
}
