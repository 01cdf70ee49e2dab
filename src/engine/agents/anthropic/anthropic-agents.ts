import type { Plan } from '../../../core/plan/plan.ts';
import { systemClock, type Clock } from '../../clock.ts';
import type { AgentTask } from '../task.ts';
import type { AgentProvider } from '../agent.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { ModelChoice } from '../model-choice.ts';
import { modelAgents } from '../model/model-agents.ts';
import { factsOf, modelIdOf, poolOf } from '../models/pool-models.ts';
import { anthropicModel } from './anthropic-model.ts';
import type { Connection } from './connection.ts';

export interface AnthropicAgentsOptions {
  /** null before there is one: while a goal is planned. */
  readonly plan: Pick<Plan, 'pools' | 'models'> | null;
  readonly choice: ModelChoice;
  /** Asked for each task: a person may have given another key since. */
  readonly connection: () => Connection;
  /** The agents'; what the service is asked follows real time. */
  readonly clock: Clock;
}

/** Agents that are models behind the Messages API. */
export function anthropicAgents(options: AnthropicAgentsOptions): AgentProvider {
  const { plan, choice, connection, clock } = options;
  const real = systemClock();
  const model = (role: AgentTask['role']): ChatModel => {
    const id = modelIdOf(poolOf(role), choice, plan);
    const facts = factsOf(id, plan?.models ?? []);
    const of = { id, facts, connection: connection() };
    return anthropicModel({ ...of, clock: real, random: Math.random });
  };
  return modelAgents({ name: 'anthropic', metered: 'hard', model, clock });
}
