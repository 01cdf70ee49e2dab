import { zeroAmount, type Amount } from '../../core/budget.ts';
import type { Order } from '../../core/ids.ts';
import type { RunState } from '../../core/state.ts';
import { agentId } from '../agents/agent-id.ts';
import type { HandoffDesk } from '../agents/handoff.ts';
import type { AgentOutcome } from '../agents/outcome.ts';
import type { AgentProvider, ProgressStep } from '../agents/agent.ts';
import { Supervision, type SupervisedOutcome } from '../agents/supervision.ts';
import type { AgentTask } from '../agents/task.ts';
import type { World } from './world.ts';

/** How long an agent that was told to end may take before it is left alone. */
const graceMs = 5_000;

export interface Watched {
  readonly onProgress?: (step: ProgressStep) => void;
  readonly onLate?: (outcome: AgentOutcome) => void;
  readonly desk?: HandoffDesk;
}

/** One agent at one task, under watch until it has ended. */
export async function watchAgent(
  world: World,
  state: RunState,
  provider: AgentProvider,
  task: AgentTask,
  signal: AbortSignal,
  { onProgress, onLate, desk }: Watched = {},
): Promise<SupervisedOutcome> {
  const supervision = new Supervision({
    provider,
    task,
    clock: world.clock,
    stallMs: state.plan.stallMinutes * 60_000,
    graceMs,
    signal,
    onProgress: onProgress ?? (() => undefined),
    onLate: onLate ?? (() => undefined),
    desk: desk ?? null,
  });
  using _ = world.pauses.follow(supervision);
  return await supervision.outcome;
}

/** What every task begins with: the reservation of its order is its allowance. */
export function taskBasics(world: World, state: RunState, order: Order, epoch: number) {
  const allowance: Amount = state.reservations.get(order) ?? zeroAmount;
  return { run: world.run, agent: agentId(order), epoch, allowance };
}
