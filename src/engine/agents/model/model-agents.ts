import type { Metering } from '../../../core/metering.ts';
import type { Clock } from '../../clock.ts';
import type { AgentProvider } from '../agent.ts';
import type { AgentTask } from '../task.ts';
import { AgentWork } from './agent-work.ts';
import type { ChatModel } from './chat-model.ts';
import { seatFor } from './seat.ts';

export interface ModelAgentsOptions {
  /** The name that plans give in `pools.<pool>.agent`. */
  readonly name: string;
  readonly metered: Metering;
  readonly model: (role: AgentTask['role']) => ChatModel;
  readonly clock: Clock;
}

/** Agents that are chat models with our tools, whoever serves the models. */
export const modelAgents = ({
  name,
  metered,
  model,
  clock,
}: ModelAgentsOptions): AgentProvider => ({
  name,
  metered,
  readsInsights: true,
  canPlay: () => Promise.resolve(true),
  perform: (task, link, signal) =>
    new AgentWork(
      { provider: name, task, link, clock, signal },
      seatFor(task, link),
      model(task.role),
    ).perform(),
});
