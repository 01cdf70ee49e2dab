import type { NodeRef, Order } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { ProviderTrouble } from '../provider-trouble.ts';
import type { Recorded } from './recorded.ts';

/** Of whom an event of a provider tells. */
export interface OfProvider extends Recorded {
  readonly provider: string;
  /** The one pool that it does not serve; left out: all of them. */
  readonly pool?: PoolKind;
}

/** A provider of agents serves nobody, or not one pool: what is to be done by it waits. */
export interface ProviderFailed extends OfProvider {
  readonly type: 'provider-failed';
  readonly code: ProviderTrouble;
  readonly message: string;
  /** How often in a row by now. */
  readonly failures: number;
  /** It is tried again after this long; 0: when a person says so. */
  readonly restMs: number;
}

/** The wait for a provider is over: the next work for it finds out whether it serves again. */
export interface ProviderWaitEnded extends OfProvider {
  readonly type: 'provider-wait-ended';
  /** Who would not wait; null: its time was over. */
  readonly by: string | null;
}

/** One piece of work tries whether a provider serves again; the rest waits for what comes of it. */
export interface ProviderTried extends OfProvider {
  readonly type: 'provider-tried';
  readonly order: Order;
  readonly for: NodeRef;
}

/** A provider serves again. */
export interface ProviderAnswered extends OfProvider {
  readonly type: 'provider-answered';
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
