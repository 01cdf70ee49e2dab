import type { AgentEvent } from './events/agent.ts';
import type { AttemptEvent } from './events/attempt.ts';
import type { BudgetEvent } from './events/budget.ts';
import type { CompositionEvent } from './events/composition.ts';
import type { ConflictEvent } from './events/conflict.ts';
import type { ContractEvent } from './events/contract.ts';
import type { FeedbackEvent } from './events/feedback.ts';
import type { HandoffEvent } from './events/handoff.ts';
import type { JudgingEvent } from './events/judging.ts';
import type { ModuleEvent } from './events/module.ts';
import type { PlanChangeEvent } from './events/plan-change.ts';
import type { ProviderEvent } from './events/provider.ts';
import type { RunLifeEvent } from './events/run.ts';

/** Every event of a run, family by family: the public format of the journal. */
export type RunEvent =
  | RunLifeEvent
  | PlanChangeEvent
  | ContractEvent
  | AttemptEvent
  | JudgingEvent
  | ModuleEvent
  | FeedbackEvent
  | CompositionEvent
  | HandoffEvent
  | ConflictEvent
  | BudgetEvent
  | AgentEvent
  | ProviderEvent;

/** The events of these types. */
export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** An event before it has a place in the journal. */
export type EventBody = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;
