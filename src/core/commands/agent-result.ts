import type { Amount } from '../budget.ts';
import type { Effect } from '../effects.ts';
import type { AgentUsed } from '../events/agent.ts';
import type { InsightsGiven } from '../events/insight.ts';
import type { ModuleId, TreeId } from '../ids.ts';
import type { ProviderTrouble } from '../provider-trouble.ts';
import type { OfModule, Reported } from './asked.ts';

/** What an agent's calls came to so far; told while it works and when it ends. */
export interface RecordUsage
  extends Reported, Pick<AgentUsed, 'agent' | 'for' | 'role' | 'lines' | 'read'> {
  readonly type: 'record-usage';
}

/** Notes of earlier runs stand in what an agent is told that begins now. */
export interface RecordInsights
  extends OfModule, Pick<InsightsGiven, 'agent' | 'role' | 'attempt' | 'notes'> {
  readonly type: 'record-insights';
}

/** What agents are asked to do. */
export type AgentWork =
  'generate' | 'evaluate' | 'amend' | 'split' | 'arbitrate' | 'integrate' | 'run-gate';

/** An agent was not served, for reasons of its provider: its work is to be done again. */
export interface RecordUnserved extends Reported {
  readonly type: 'record-unserved';
  readonly effect: Extract<Effect, { type: AgentWork }>;
  /** As the pool of the work named it when it began. */
  readonly provider: string;
  /** As that pool named it then; null: the one that the provider takes for the pool. */
  readonly model: string | null;
  readonly code: ProviderTrouble;
  readonly message: string;
  /** How long the provider asks to be left alone; 0 where it does not say. */
  readonly restMs: number;
  /** What a builder has written until then, for the next one to begin with; null: nothing. */
  readonly seed: TreeId | null;
  readonly spent: Amount;
}

/** The time is over for which a provider was to be left alone. */
export interface RecordProviderWait extends Reported {
  readonly type: 'record-provider-wait';
  readonly provider: string;
}

/** What an agent still sends after its attempt was ended or replaced. */
export interface RecordLate extends Reported {
  readonly type: 'record-late';
  /** null for work on a tier or a gate. */
  readonly module: ModuleId | null;
  readonly what: string;
  /** null: not known. */
  readonly spent: Amount | null;
}

/** An effect was ended early, on an `abort` or because the run is cancelled. */
export interface RecordAbort extends Reported {
  readonly type: 'record-abort';
  readonly effect: Effect;
}

/** Of whatever agent or effect it is. */
export type AgentResult =
  RecordInsights | RecordUsage | RecordUnserved | RecordProviderWait | RecordLate | RecordAbort;
