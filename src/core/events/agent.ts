import type { Amount } from '../budget.ts';
import type { ModuleId, NodeRef, Order } from '../ids.ts';
import type { UsageLine } from '../usage.ts';
import type { InsightsGiven } from './insight.ts';
import type { Recorded } from './recorded.ts';

/** An effect's result came when its order no longer stood; it changes nothing (law 12). */
export interface LateResultRejected extends Recorded {
  readonly type: 'late-result-rejected';
  readonly module: ModuleId | null;
  readonly order: Order;
  readonly what: string;
  /**
   * What its agent cost; null where it does not say. Nothing is added for it: the reservation was
   * settled with all that could still be spent. Missing in older journals.
   */
  readonly spent?: Amount | null;
}

/** What an agent does in one task. */
export type TaskRole =
  | 'scout'
  | 'generator'
  | 'reviser'
  | 'evaluator'
  | 'integrator'
  | 'contract-author'
  | 'architect'
  | 'arbiter';

/** What the calls of one agent came to: told while it works and when it ends, each time in full. */
export interface AgentUsed extends Recorded {
  readonly type: 'agent-used';
  readonly order: Order;
  /** Which of the agents that worked at this order, one after the other or side by side; from 1. */
  readonly agent: number;
  /** `module:…`, or `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: TaskRole;
  /** All of its calls so far, model by model: this takes the place of what was told before. */
  readonly lines: readonly UsageLine[];
  /** What an integrator or arbiter was answered by its tools since this was told last, in bytes. */
  readonly read?: number;
}

/** What agents were given and came to, and what they sent too late. */
export type AgentEvent = InsightsGiven | AgentUsed | LateResultRejected;
