import type { Metering } from '../../../core/metering.ts';
import type { Clock } from '../../clock.ts';
import type { AgentProvider } from '../agent.ts';
import type { AgentTask } from '../task.ts';
import { zeroAmount } from '../../../core/budget.ts';
import { AgentWork } from './agent-work.ts';
import type { ChatModel } from './chat-model.ts';
import { isSeated, seatFor } from './seat.ts';

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
  canPlay: (task) => Promise.resolve(isSeated(task)),
  perform: async (task, link, signal) => {
    const seat = seatFor(task, link);
    if (seat !== null) {
      return new AgentWork(
        { provider: name, task, link, clock, signal },
        seat,
        model(task.role),
      ).perform();
    }
    return {
      kind: 'failed',
      code: 'no-turn',
      message: `there are no agents for the work of a ${task.role} before a run`,
      retry: { kind: 'terminal' },
      spent: zeroAmount,
    };
  },
});
