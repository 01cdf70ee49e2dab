import type { Command, EffectResult } from '../core/commands.ts';
import type { Refusal } from '../core/commands/refusal.ts';
import { phrase, told } from '../core/phrase.ts';
import { decide } from '../core/decide.ts';
import type { Effect } from '../core/effects.ts';
import type { RunEvent } from '../core/events.ts';
import type { Order } from '../core/ids.ts';
import { isOver, type RunState } from '../core/state.ts';
import { Performing } from './performing.ts';

/** A command before the loop stamps it with the time at which it is decided. */
export type Unstamped<C extends Command = Command> = C extends Command ? Omit<C, 'at'> : never;

/** The world that effects act on. */
export interface Performer {
  /**
   * Performs an effect in the state in which it was ordered. What is returned is the effect's one
   * result. Throws where the world is broken (disk, store): the run then stops as it is, and a
   * later driver performs the effect again. Throws anything once `work.signal` aborts.
   */
  perform(
    effect: Exclude<Effect, { type: 'abort' }>,
    state: RunState,
    work: Pick<Performing, 'report' | 'ask' | 'signal'>,
  ): Promise<Unstamped<EffectResult>>;
}

/** Where decisions become durable. */
export interface RunJournal {
  /** `cause`: the id of the inbox command that led to it. */
  enqueue(events: readonly RunEvent[], cause: string | null): void;
  /** Resolves when all that was enqueued is durable; rejects where this process may not go on. */
  flush(): Promise<void>;
}

/** Told after events are durable, in order; must not throw. */
export type RunObserver = (events: readonly RunEvent[], state: RunState) => void;

export interface RunLoopOptions {
  readonly journal: RunJournal;
  readonly performer: Performer;
  readonly now: () => number;
  readonly observe: RunObserver;
  /** Keep going when only a person can move the run (an editor); else the loop ends there. */
  readonly stayOpen: boolean;
}

const notDriven: Refusal = {
  code: 'not-driven',
  ...told(phrase('this process drives the run no longer; resume it and ask again')),
};

interface Queued {
  readonly command: Unstamped;
  readonly cause: string | null;
  readonly answer: ((refusal: Refusal | null) => void) | null;
  /** false: one decision with the next, which is queued in the same turn; nothing starts before that. */
  readonly begins: boolean;
}

/**
 * Decide, append, perform:
 *
 *     commands ─► decide ─► journal (durable) ─► observers, effects ─► results are commands
 *
 * Commands that wait while the journal syncs are decided together, and share the next sync. Nothing
 * acts on a decision, and nobody hears of it, before it is durable.
 */
export class RunLoop {
  #state: RunState | null;
  readonly #options: RunLoopOptions;
  readonly #queue: Queued[] = [];
  readonly #atWork = new Map<Order, Performing>();
  /** What was to end early before it could be performed again; null: all that was left is under way. */
  #endedEarly: Set<Order> | null = new Set();
  readonly #line = {
    report: (command: Unstamped<EffectResult>): void => this.submit(command),
    ask: (command: Unstamped<EffectResult>) => this.ask(command),
  };
  #wake: (() => void) | null = null;
  #stopping = false;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(state: RunState | null, options: RunLoopOptions) {
    this.#state = state;
    this.#options = options;
  }

  get state(): RunState | null {
    return this.#state;
  }

  /** Queues a command; what comes of it is seen in the events. */
  submit(command: Unstamped): void {
    this.#push({ command, cause: null, answer: null, begins: true });
  }

  /** Queues a command and resolves, once it is durable, with null or with why it was refused or came too late. */
  ask(command: Unstamped, cause: string | null = null, begins = true): Promise<Refusal | null> {
    return new Promise((resolve) => this.#push({ command, cause, answer: resolve, begins }));
  }

  /** Performs what an earlier driver ordered and did not see the end of. */
  perform(effects: readonly Effect[]): void {
    const state = this.#state;
    if (state === null) throw new Error('an effect before the run began');
    const endedEarly = this.#endedEarly;
    this.#endedEarly = null;
    for (const effect of effects) {
      const { order } = effect;
      if (endedEarly?.has(order) === true) this.submit({ type: 'record-abort', order, effect });
      else this.#perform(effect, state);
    }
  }

  /** Ends the loop without an event: the run stays as it is and can be resumed. */
  stop(): void {
    this.#stopping = true;
    this.#rouse();
  }

  /**
   * Runs until the run is over, {@link stop} is called or, unless it stays open, only a person can
   * go on. Everything at work has ended when it resolves. Rejects with what broke the world.
   */
  async run(): Promise<RunState> {
    try {
      while (!this.#stopping && this.#failure === null) {
        if (this.#queue.length > 0) await this.#turn();
        else if (this.#mayEnd()) break;
        else await this.#nextCommand();
      }
    } finally {
      await this.#endWork();
      // Whoever still waits for an answer, or asks from now on, must not wait for ever.
      this.#ended = true;
      for (const { answer } of this.#queue.splice(0)) answer?.(notDriven);
    }
    if (this.#failure !== null) throw this.#failure.error;
    if (this.#state === null) throw new Error('the run was stopped before it began');
    return this.#state;
  }

  async #turn(): Promise<void> {
    const batch = this.#queue.splice(0);
    const events: RunEvent[] = [];
    // Each with the state that ordered it: later decisions of this turn may have gone on from there.
    const ordered: (readonly [Effect, RunState])[] = [];
    const answers: (() => void)[] = [];
    for (const { command, cause, answer, begins } of batch) {
      const decision = decide(this.#state, { ...command, at: this.#options.now() }, begins);
      if (!decision.ok) {
        if (answer !== null) answers.push(() => answer(decision.refusal));
        continue;
      }
      if (decision.events.length > 0) this.#options.journal.enqueue(decision.events, cause);
      this.#state = decision.state;
      for (const event of decision.events) events.push(event);
      for (const effect of decision.effects) ordered.push([effect, decision.state]);
      if (answer !== null) answers.push(() => answer(decision.late));
    }
    try {
      if (events.length > 0) await this.#options.journal.flush();
    } catch (error) {
      for (const { answer } of batch) answer?.(notDriven);
      throw error;
    }
    if (this.#state !== null && events.length > 0) this.#options.observe(events, this.#state);
    for (const answer of answers) answer();
    for (const [effect, state] of ordered) this.#perform(effect, state);
  }

  #perform(effect: Effect, state: RunState): void {
    const { order } = effect;
    if (effect.type === 'abort') {
      const work = this.#atWork.get(order);
      if (work === undefined) this.#endedEarly?.add(order);
      else work.abort();
      return;
    }
    const work = new Performing(this.#line);
    this.#atWork.set(order, work);
    work.settled = this.#options.performer.perform(effect, state, work).then(
      (result) => {
        this.#atWork.delete(order);
        this.submit(result);
      },
      (error: unknown) => {
        this.#atWork.delete(order);
        if (work.aborted) this.submit({ type: 'record-abort', order, effect });
        else this.#fail(error);
      },
    );
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#rouse();
  }

  /** Over, or nothing is at work and nobody but a person could change that. */
  #mayEnd(): boolean {
    const state = this.#state;
    if (state === null) return false;
    return isOver(state) || (!this.#options.stayOpen && state.inFlight === 0);
  }

  #push(queued: Queued): void {
    if (this.#ended) {
      queued.answer?.(notDriven);
      return;
    }
    this.#queue.push(queued);
    this.#rouse();
  }

  #nextCommand(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #rouse(): void {
    this.#wake?.();
    this.#wake = null;
  }

  async #endWork(): Promise<void> {
    this.#stopping = true;
    const atWork = [...this.#atWork.values()];
    for (const work of atWork) work.abort();
    await Promise.all(atWork.map((work) => work.settled));
  }
}
