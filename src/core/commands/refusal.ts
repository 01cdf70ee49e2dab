import type { Told } from '../phrase.ts';

/** Why a command was not carried out: nothing has changed. */
export interface Refusal extends Told {
  readonly code: RefusalCode;
  /** What is the matter and what to do, in one sentence each. */
  readonly message: string;
}

export type RefusalCode =
  | 'run-over'
  | 'run-cancelling'
  | 'already-started'
  | 'already-paused'
  | 'not-paused'
  | 'unknown-gate'
  | 'not-an-approval'
  | 'nothing-to-approve'
  | 'other-subject'
  | 'unknown-module'
  | 'not-sealed'
  | 'is-sealed'
  | 'same-contract'
  | 'same-budget'
  | 'same-agents'
  /** what it names is no contract in the store */
  | 'no-contract'
  /** the process that drives the run cannot make such agents */
  | 'no-agents'
  /** no provider is waited for, or it is being tried already */
  | 'not-waiting'
  | 'unknown-conflict'
  | 'conflict-resolved'
  /** something else than a word decides it: a check that is being run, a module to be reopened */
  | 'not-to-decide'
  | 'not-possible'
  | 'run-busy'
  | 'stale-driver'
  | 'own-handoff'
  | 'no-sender'
  | 'too-late'
  | 'bad-items'
  | 'too-many-handoffs'
  | 'nobody-asked'
  /** the process that was asked drives the run no longer */
  | 'not-driven';
