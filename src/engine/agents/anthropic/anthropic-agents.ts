import type { ModelPlan, Plan, PoolKind } from '../../../core/plan/plan.ts';
import { systemClock, type Clock } from '../../clock.ts';
import type { AgentTask } from '../task.ts';
import type { AgentProvider } from '../agent.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { ModelChoice } from '../model-choice.ts';
import { modelAgents } from '../model/model-agents.ts';
import { anthropicFacts, usualModels } from '../models/anthropic-models.ts';
import type { ModelFacts } from '../models/model-facts.ts';
import { anthropicModel } from './anthropic-model.ts';
import type { Connection } from './connection.ts';

export interface AnthropicAgentsOptions {
  /** null before there is one: while a goal is planned. */
  readonly plan: Pick<Plan, 'pools' | 'models'> | null;
  readonly choice: ModelChoice;
  readonly connection: Connection;
  /** The agents'; what the service is asked follows real time. */
  readonly clock: Clock;
}

/** Agents that are models behind the Messages API. */
export function anthropicAgents(options: AnthropicAgentsOptions): AgentProvider {
  const { plan, choice, connection, clock } = options;
  const real = systemClock();
  const modelOf = (pool: PoolKind): ChatModel => {
    const id = modelIdOf(pool, choice, plan);
    const facts = factsOf(id, plan?.models ?? []);
    return anthropicModel({ id, facts, connection, clock: real, random: Math.random });
  };
  const models: Readonly<Record<PoolKind, ChatModel>> = {
    planners: modelOf('planners'),
    builders: modelOf('builders'),
    reviewers: modelOf('reviewers'),
  };
  const model = (role: AgentTask['role']): ChatModel => models[poolOf(role)];
  return modelAgents({ name: 'anthropic', metered: 'hard', model, clock });
}

/** Models whose price nobody knows: a budget in money does not bound them. */
export function unpricedModels(
  plan: Pick<Plan, 'pools' | 'models'>,
  choice: ModelChoice,
  pools: readonly PoolKind[],
): readonly string[] {
  const ids = new Set(pools.map((pool) => modelIdOf(pool, choice, plan)));
  return [...ids].filter((id) => factsOf(id, plan.models).prices === null);
}

const modelIdOf = (pool: PoolKind, choice: ModelChoice, plan: Pick<Plan, 'pools'> | null): string =>
  choice[pool] ?? plan?.pools[pool].model ?? usualModels[pool];

/** What a plan says of a model comes before what is listed. */
function factsOf(id: string, said: readonly ModelPlan[]): ModelFacts {
  const listed = anthropicFacts(id);
  const its = said.find((each) => each.id === id);
  const own = its?.prices ?? null;
  return {
    contextTokens: its?.contextTokens ?? listed.contextTokens,
    outputTokens: its?.outputTokens ?? listed.outputTokens,
    prices: own === null ? listed.prices : { ...own, long: null },
  };
}

function poolOf(role: AgentTask['role']): PoolKind {
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
