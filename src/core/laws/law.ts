import type { RunEvent } from '../events.ts';
import type { RunState } from '../state.ts';
import type { Ledger } from './ledger.ts';

/** One of the thirteen laws, as an assertion that is made at every moment of a run. */
export interface Law {
  readonly number: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13;
  readonly title: string;
  /** What breaks the law at this step; null where it holds. */
  holds(step: LawStep): string | null;
}

export type LawStep = EventStep | DecisionStep | EndStep;

/** An event is about to be noted: `ledger` knows all that came before it. */
export interface EventStep {
  readonly at: 'event';
  readonly before: RunState | null;
  readonly event: RunEvent;
  readonly after: RunState;
  readonly ledger: Ledger;
}

/** All events of a decision were noted. */
export interface DecisionStep {
  readonly at: 'decision';
  readonly state: RunState;
  readonly ledger: Ledger;
}

/** The run is over. */
export interface EndStep {
  readonly at: 'end';
  readonly state: RunState;
  readonly ledger: Ledger;
}
