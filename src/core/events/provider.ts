import type { NodeRef, Order } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { ProviderTrouble } from '../provider-trouble.ts';
import type { Recorded } from './recorded.ts';

/** A provider of agents serves nobody: what is to be done by it waits. */
export interface ProviderFailed extends Recorded {
  readonly type: 'provider-failed';
  readonly provider: string;
  readonly code: ProviderTrouble;
  readonly message: string;
  /** How often in a row by now. */
  readonly failures: number;
  /** It is tried again after this long; 0: when a person says so. */
  readonly restMs: number;
}

/** The wait for a provider is over: the next work for it finds out whether it serves again. */
export interface ProviderWaitEnded extends Recorded {
  readonly type: 'provider-wait-ended';
  readonly provider: string;
  /** Who would not wait; null: its time was over. */
  readonly by: string | null;
}

/** One piece of work tries whether a provider serves again; the rest waits for what comes of it. */
export interface ProviderTried extends Recorded {
  readonly type: 'provider-tried';
  readonly provider: string;
  readonly order: Order;
  readonly for: NodeRef;
}

/** A provider serves again. */
export interface ProviderAnswered extends Recorded {
  readonly type: 'provider-answered';
  readonly provider: string;
}

/** The agents of a pool come from another provider, or are another model of it, from here on. */
export interface AgentsSwitched extends Recorded {
  readonly type: 'agents-switched';
  readonly pool: PoolKind;
  readonly agent: string;
  /** As that provider calls it; left out: the one that it takes for this pool. */
  readonly model?: string;
  readonly by: string;
}

/** Who makes the agents, and whether they serve. */
export type ProviderEvent =
  ProviderFailed | ProviderWaitEnded | ProviderTried | ProviderAnswered | AgentsSwitched;
