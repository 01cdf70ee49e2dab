import type { ModelCall } from '../../core/usage.ts';
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

/** Whose calls they are, as the run records it. */
export type CallerName = Required<Pick<ModelCall, 'provider' | 'instructions'>>;

/** How long a reply may be, the most wanted first: where little is left, a short one is asked for. */
export const outputTokens = [16_000, 4_000, 1_500] as const;

/** The same for who answers with all of a plan at once: its model's own bound, `most`, comes first. */
export const longOutputTokens = (most: number): readonly number[] => [
  ...[most, 64_000, 32_000].filter(
    (each, at) => each > outputTokens[0] && (at === 0 || each < most),
  ),
  ...outputTokens,
];

/** Refused uses of tools in a row, after which an agent is given up. */
export const maxRefusals = 12;

/** Between two signs of life while a reply streams in. */
export const streamingMs = 10_000;
