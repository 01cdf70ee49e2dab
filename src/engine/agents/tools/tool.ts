import type * as z from 'zod';
import type { AgentOutcome } from '../outcome.ts';

/** Something an agent can do. One implementation serves every provider. */
export interface Tool<Effect extends ToolEffect = ToolEffect> {
  /** As models call it: `read_file`. */
  readonly name: string;
  /** What it does, takes and answers, in words for a model. */
  readonly description: string;
  readonly effect: Effect;
  readonly input: z.ZodType;
  /** Expected refusals are answers; an exception is a bug. */
  run(input: unknown, signal: AbortSignal): Promise<ToolAnswer>;
}

/**
 * `reads`: looks only; `writes`: changes the work folder; `tells`: speaks to the engine;
 * `ends`: is the task's answer.
 */
export type ToolEffect = 'reads' | 'writes' | 'tells' | 'ends';

/** A tool of an evaluator or an integrator, which cannot hold one that writes (law 2). */
export type ReadingTool = Tool<'reads'>;

export interface ToolAnswer {
  readonly ok: boolean;
  /** Bounded; where it was cut it says so. What is refused says why and what to do instead. */
  readonly text: string;
  /** The task's answer where this tool ends it. */
  readonly ends?: Unspent<AgentOutcome>;
}

/** An outcome whose cost the loop knows. */
export type Unspent<Outcome> = Outcome extends unknown ? Omit<Outcome, 'spent'> : never;
