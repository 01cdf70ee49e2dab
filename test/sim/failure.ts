import type { RunEvent } from '../../src/core/events.ts';

/** What a simulated run did that no run may do. */
export class SimulationFailure extends Error {
  /** The law's number and title, or what else was to hold. */
  readonly rule: string;
  /** The last events up to the one that broke it. */
  readonly events: readonly RunEvent[];

  constructor(rule: string, says: string, events: readonly RunEvent[]) {
    super(`${rule}: ${says}`);
    this.name = 'SimulationFailure';
    this.rule = rule;
    this.events = events.slice(-20);
  }
}
