import type { Digest, ModuleId, Order } from '../ids.ts';
import type { TaskRole } from './agent.ts';
import type { Recorded } from './recorded.ts';

/** A note of earlier runs, as it was when an agent was given it; its text stays where it lies. */
export interface GivenInsight {
  /** Its name in the folder of notes. */
  readonly file: string;
  /** One line, in the words of whoever wrote the note. */
  readonly title: string;
  /** `pitfall`, `contract-lesson` and the like; people may keep notes of types of their own. */
  readonly type: string;
  /** Of all that the file held. */
  readonly digest: Digest;
}

/** An agent begins, and these notes stand in what it is told. */
export interface InsightsGiven extends Recorded {
  readonly type: 'insights-given';
  readonly order: Order;
  /** Which of the agents that work at this order; from 1. */
  readonly agent: number;
  readonly module: ModuleId;
  readonly role: TaskRole;
  /** Of a builder or reviewer; of a planner which draft. */
  readonly attempt: number;
  /** The most telling first. */
  readonly notes: readonly GivenInsight[];
}
