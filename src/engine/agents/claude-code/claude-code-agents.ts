import type { Plan, PoolKind } from '../../../core/plan/plan.ts';
import type { Clock } from '../../clock.ts';
import type { AgentProvider } from '../agent.ts';
import type { RateLimiter } from '../anthropic/rate-limiter.ts';
import type { ModelChoice } from '../model-choice.ts';
import { seatFor } from '../model/seat.ts';
import type { AgentTask } from '../task.ts';
import { factsOf, modelIdOf, poolOf } from '../models/pool-models.ts';
import type { AgentDefinition } from './agent-definition.ts';
import type { ClaudeService } from './claude-home.ts';
import { ClaudeSession } from './claude-session.ts';
import type { Sdk } from './load-sdk.ts';
import type { SessionModel } from './session-spending.ts';

export interface ClaudeCodeAgentsOptions {
  /** null before there is one: while a goal is planned. */
  readonly plan: Pick<Plan, 'pools' | 'models'> | null;
  readonly choice: ModelChoice;
  /** Asked for each task: a person may have given another key since. */
  readonly service: () => PacedService;
  readonly sdk: Sdk;
  /** The program that the SDK starts; null: its own. */
  readonly executable: string | null;
  /** By what agents do; one that is left out has none. */
  readonly definitions: Readonly<Partial<Record<AgentTask['role'], AgentDefinition>>>;
  readonly clock: Clock;
}

interface PacedService {
  readonly paid: ClaudeService;
  /** Shared by all whose requests the same key pays. */
  readonly limiter: RateLimiter;
}

/** As plans name it. */
const claudeCode = 'claude-code';

/** Agents that are processes of Claude Code, one for each task, each in its own folder and home. */
export function claudeCodeAgents(options: ClaudeCodeAgentsOptions): AgentProvider {
  const { plan, choice, service, sdk, executable, definitions, clock } = options;
  const modelOf = (pool: PoolKind): SessionModel => {
    const id = modelIdOf(pool, choice, plan);
    const said = plan?.models ?? [];
    const facts = factsOf(id, said);
    const own = said.find((each) => each.id === id)?.prices ?? null;
    return { id, facts, listed: own === null && facts.prices !== null };
  };
  return {
    name: claudeCode,
    metered: 'session',
    readsInsights: true,
    canPlay: () => Promise.resolve(true),
    perform: (task, link, signal) => {
      const { paid, limiter } = service();
      const session = new ClaudeSession(
        {
          ...{ provider: claudeCode, task, link, clock, signal, sdk, executable, limiter },
          service: paid,
          model: modelOf(poolOf(task.role)),
          definition: definitions[task.role] ?? null,
        },
        seatFor(task, link),
      );
      return session.perform();
    },
  };
}
