import { outstanding } from '../../src/core/outstanding.ts';
import type { RunState } from '../../src/core/state.ts';
import { RunLoop, type Unstamped } from '../../src/engine/run-loop.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { SimulatedJournal } from './disk.ts';
import type { Inspector } from './inspector.ts';
import type { SimulatedPerformer } from './performer.ts';

export interface DriverParts {
  readonly number: number;
  readonly state: RunState | null;
  readonly journal: SimulatedJournal;
  readonly performer: SimulatedPerformer;
  readonly clock: VirtualClock;
  /** By how much its clock is wrong. */
  readonly skewMs: number;
  readonly stayOpen: boolean;
  readonly inspector: Inspector;
  /** Ends whatever lives in this process. */
  readonly process: AbortController;
}

/** A process that drives the run, with the real loop in it. */
export class Driver {
  readonly #parts: DriverParts;
  readonly #loop: RunLoop;
  #observed = 0;
  /** What the loop ended with; null while it runs. */
  ended: 'quiet' | 'broken' | null = null;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    const { state, journal, performer, clock, skewMs, stayOpen } = parts;
    this.#loop = new RunLoop(state, {
      journal,
      performer,
      now: () => clock.now() + skewMs,
      observe: (_, after) => this.#observe(after),
      stayOpen,
    });
  }

  get journal(): SimulatedJournal {
    return this.#parts.journal;
  }

  /** Begins the run, or takes it over as a new window would. */
  start(first: Unstamped | null): void {
    const { number, clock } = this.#parts;
    if (first !== null) this.#loop.submit(first);
    const before = this.#loop.state?.seq ?? 0;
    const takeOver = { type: 'start-driver', driver: number, host: 'here', pid: number } as const;
    void this.#loop.ask(takeOver).then(() => {
      const { state } = this.#loop;
      if (state === null || this.ended !== null) return;
      this.#loop.perform(outstanding(state).filter(({ order }) => order <= before));
    });
    this.#watchBudget(clock);
    this.#loop.run().then(
      () => (this.ended = this.#parts.process.signal.aborted ? 'broken' : 'quiet'),
      (error: unknown) => {
        this.ended = 'broken';
        this.error = error;
      },
    );
  }

  error: unknown = new Error('killed');

  ask(command: Unstamped, cause: string) {
    return this.#loop.ask(command, cause);
  }

  /** Like SIGKILL: nothing that was not durable is left of it. */
  kill(): void {
    this.#parts.process.abort(new Error('killed'));
    this.#loop.stop();
  }

  /**
   * Where nothing is just being decided, all that the state says is at work is, and nothing else.
   * A loop that ends has aborted its work already, so what is found counts when it goes on.
   */
  agreesWithWork(): void {
    const { journal, performer, inspector } = this.#parts;
    const { state } = inspector;
    if (state === null || this.ended !== null || journal.flushing) return;
    const ordered = new Set(outstanding(state).map(({ order }) => order));
    for (const order of ordered) {
      if (!performer.atWork.has(order))
        this.#suspicion ??= `order ${order} stands and is not at work`;
    }
    for (const [order, work] of performer.atWork) {
      const known = ordered.has(order) || work.signal.aborted;
      if (!known) this.#suspicion ??= `order ${order} is at work and does not stand`;
    }
  }

  goesOn(): void {
    if (this.#suspicion === null || this.ended !== null) return;
    this.#parts.inspector.fail('what is outstanding is at work', this.#suspicion);
  }

  #suspicion: string | null = null;

  #observe(after: RunState): void {
    const { inspector } = this.#parts;
    this.goesOn();
    this.#observed++;
    if (this.#observed % 32 === 1) inspector.agrees(after, 'deciding');
  }

  #watchBudget(clock: VirtualClock): void {
    const check = (): void => {
      if (this.ended !== null || this.#parts.process.signal.aborted) return;
      this.#loop.submit({ type: 'check-budget' });
      this.#watchBudget(clock);
    };
    clock.after(15 * 60_000, check, { background: true });
  }
}
