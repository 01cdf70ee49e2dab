import type { Clock } from '../clock.ts';
import type { AgentLink } from './agent.ts';
import type { AgentTask } from './task.ts';

/** One agent's work at one task, whoever its model is behind. */
export interface WorkOf {
  /** As plans name it. */
  readonly provider: string;
  readonly task: AgentTask;
  readonly link: AgentLink;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Refused uses of tools in a row, after which an agent is given up. */
export const maxRefusals = 12;

/** Between two signs of life while a reply streams in. */
export const streamingMs = 10_000;
