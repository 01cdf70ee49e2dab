import type { Amount } from '../../core/budget.ts';
import type { Checked, NotChecked } from './checked.ts';
import type {
  AskedHandoff,
  HandoffGiven,
  HandoffOrdered,
  HandoffRefused,
  HandoffWanted,
  ReceivedHandoff,
} from './handoff.ts';
import type { Metering } from '../../core/metering.ts';
import type { CallName, ModelCall } from '../../core/usage.ts';
import type { AgentOutcome } from './outcome.ts';
import type { AgentTask } from './task.ts';
import type { TranscriptPen } from './transcript.ts';

/**
 * What makes agents. Every call of {@link perform} is an agent of its own: no session, cache or
 * memory passes from one to the next (law 2).
 */
export interface AgentProvider {
  /** The name that plans give in `pools.<pool>.agent`. */
  readonly name: string;
  readonly metered: Metering;
  /** Whether its agents read notes of earlier runs; left out: they play what is written down. */
  readonly readsInsights?: true;
  /**
   * Does one task and answers once. Writes only below the task's folder. Expected failures are
   * outcomes; an exception is a bug and counts as a retryable failure.
   *
   * After `signal` aborts it ends soon; whatever it then answers has no effect on the run.
   */
  perform(task: AgentTask, link: AgentLink, signal: AbortSignal): Promise<AgentOutcome>;
  /**
   * Whether there is an agent for this task. Real models say true; a script says whether it holds
   * a turn. Where a reviewer's task cannot be played, the checks alone decide.
   */
  canPlay(task: AgentTask): Promise<boolean>;
}

/** Whom an agent waits for; left out: its service. */
export type AwaitedBy = 'service' | 'person';

/** What an agent at work may tell and ask. After its attempt has ended nothing here has an effect. */
export interface AgentLink {
  /** A sign of life, as often as wanted: throttled where it is received. */
  progress(step: ProgressStep): void;
  /**
   * From here on it waits for a service that is slow, out of order or full, until that is disposed of:
   * its minutes and the patience with it stand still. Those of the run pass; for a quarter of an hour not
   * where it waits for a person, who alone can say when that is over.
   */
  waits(whom?: AwaitedBy): Disposable;
  /**
   * Asked before each metered call with the most that the call can cost. False: the call must not
   * be made, and the agent answers `exhausted`. True holds that amount until {@link spend}; what is
   * still held when the attempt ends counts, as that of `call`.
   */
  maySpend(upTo: Amount, call?: CallName): boolean;
  /**
   * What the call really cost. Settles the oldest amount held. `ms` is measured, not told: leave 0.
   * `call` says what model it was and which tokens; without those they are counted as one sum. Nothing
   * at all gives back what was held for a call that was never made.
   */
  spend(actual: Amount, call?: ModelCall | CallName): void;
  /** For people to read later. Nothing else ever sees what is written here. */
  readonly transcript: TranscriptPen;
  /**
   * Runs the module's own checks on what lies in the builder's folder now, as its gate will. Builders
   * only, and bounded in number. Rejects with the signal's reason alone.
   */
  check(signal: AbortSignal): Promise<Checked | NotChecked>;

  // Handoffs; builders only. Nothing here has to be waited for.

  /** Gives others something before the seal. null: done, else why not. */
  handoff(given: HandoffGiven): Promise<HandoffRefused | null>;
  /** Asks another module for all that is needed of it, and tells what to go on with meanwhile. */
  request(wanted: HandoffWanted): Promise<HandoffOrdered | HandoffRefused>;
  /** What others want of this module now. */
  asked(): readonly AskedHandoff[];
  /** Takes what was delivered since the task began and not taken yet; does not wait. */
  receive(): Promise<readonly ReceivedHandoff[]>;
  /**
   * Does nothing until content of this handoff is there; the time is measured. null: none came.
   * Waiting is no progress: who waits in vain for as long as the plan allows has stalled.
   */
  awaitHandoff(handoff: number, signal: AbortSignal): Promise<ReceivedHandoff | null>;
}

export interface ProgressStep {
  /** One line; longer ones are cut. */
  readonly says: string;
  /** From 0 to 1; null where the agent cannot tell. */
  readonly fraction: number | null;
  /** Since the task began. */
  readonly spent: Amount;
}
