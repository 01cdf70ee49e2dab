import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { PersonCommand } from '../core/commands/person.ts';
import { phrase, told } from '../core/phrase.ts';
import type { Refusal } from '../core/commands/refusal.ts';
import { elapsedMs } from '../core/allowance.ts';
import type { RunEvent } from '../core/events.ts';
import type { RunId, TreeId } from '../core/ids.ts';
import { outstanding } from '../core/outstanding.ts';
import { snapshotVersion, toSnapshot } from '../core/snapshot.ts';
import { isOver, type RunState } from '../core/state.ts';
import type { ModelOptions } from './agents/model-service.ts';
import { systemClock, type Clock } from './clock.ts';
import { Inbox } from './journal/inbox.ts';
import type { CommandId, InboxCommand } from './journal/inbox-folder.ts';
import type { Journal } from './journal/journal.ts';
import type { Lock } from './journal/lock.ts';
import { CoalescedAnchor } from './journal/head.ts';
import { writeSnapshot } from './journal/snapshot.ts';
import { HandoffNews } from './perform/handoff-news.ts';
import { realPerformer } from './perform/performer.ts';
import { PauseSwitch, type World } from './perform/world.ts';
import { readPersonCommand } from './person-command.ts';
import { closeAll } from './close-all.ts';
import { durable } from './durable-journal.ts';
import { RunLoop, type RunObserver, type Unstamped } from './run-loop.ts';
import { storeAnchor } from './head-anchor.ts';
import type { Store } from './store/store.ts';

export interface SessionOptions {
  /** Stands in for the providers that the plan names; null: as the plan says. */
  readonly agents: string | null;
  /** Absolute; null: `script/` beside the plan. */
  readonly script: string | null;
  /** What is to be known of models beside the plan; null: nobody is to work any more. */
  readonly models: ModelOptions | null;
  /** How many times as fast as real the agents' clock runs; the run's own time is real. */
  readonly speed: number;
  /** Approve approval gates as they ask, in the name of whoever started the run. */
  readonly autoApprove: boolean;
  /** Give no agent what earlier runs learned; left out: as the run was started. */
  readonly withoutInsights?: boolean;
  /** Keep driving while only a person can go on. */
  readonly stayOpen: boolean;
  readonly observe: RunObserver;
  readonly onNote: (text: string) => void;
  readonly signal?: AbortSignal;
  /** The host whose process drives the run by its lock, of which a person said that it has ended. */
  readonly goneHost?: string | undefined;
  /** By its lock's nonce, where they were told of one process; left out: whichever drives there. */
  readonly goneHold?: string | undefined;
}

/** All that a session owns and closes. */
export interface SessionParts {
  readonly world: Omit<World, 'events' | 'minutes' | 'pauses' | 'handoffs'>;
  readonly store: Store;
  readonly lock: Lock;
  readonly journal: Journal<RunEvent>;
  /** Read back at a resume; none at a start. */
  readonly events: RunEvent[];
  readonly state: RunState | null;
  /** Whose agents all pools take from here on; null: as the run's plan says. */
  readonly agents: string | null;
  /** Inbox commands whose events are in the journal already. */
  readonly answered: ReadonlyMap<string, number>;
}

/** Asked in its turn; null: it is still held against the store, or was refused there. */
interface Left {
  ask: (() => void) | null;
}

/** A run that this process drives. Disposing of it stops the run where it is. */
export class RunSession implements AsyncDisposable {
  readonly run: RunId;
  readonly #parts: SessionParts;
  readonly #options: SessionOptions;
  readonly #events: RunEvent[];
  readonly #loop: RunLoop;
  readonly #pauses = new PauseSwitch();
  readonly #handoffs = new HandoffNews();
  readonly #anchor: CoalescedAnchor;
  /** Of real speed: for what the run records, and for what other processes look at too. */
  readonly #clock: Clock = systemClock();
  #budgetTimer: Disposable | null = null;
  #finished: Promise<RunState> | null = null;
  readonly #office = gate();
  readonly #begun = gate();
  /** Commands from the inbox that are still being held against the store. */
  readonly #looking: Promise<Refusal | null>[] = [];
  /** Commands of people are decided in their order. */
  #commandsWait = false;
  /** Commands that were left while nobody drove the run, and where each has its turn. */
  #left: Left[] | null = [];

  constructor(parts: SessionParts, options: SessionOptions) {
    const { world, journal, store } = parts;
    this.run = world.run;
    this.#parts = parts;
    this.#options = options;
    this.#events = parts.events;
    this.#anchor = new CoalescedAnchor(storeAnchor(store, world.run), this.#clock, (error) =>
      options.onNote(`the journal's head could not be anchored: ${String(error)}`),
    );
    const events = (): readonly RunEvent[] => this.#events;
    this.#loop = new RunLoop(parts.state, {
      journal: durable(journal),
      performer: realPerformer({
        ...world,
        events,
        minutes: () => this.state.plan.budget.minutes,
        pauses: this.#pauses,
        handoffs: this.#handoffs,
      }),
      now: () => this.#clock.now(),
      observe: (added, state) => this.#observe(added, state),
      stayOpen: options.stayOpen,
    });
  }

  get state(): RunState {
    const { state } = this.#loop;
    if (state === null) throw new Error('the run has not begun');
    return state;
  }

  /** All durable events, oldest first. */
  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** Resolves when the run is over, waits for a person, or was stopped; everything is closed then. */
  get finished(): Promise<RunState> {
    if (this.#finished === null) throw new Error('the session was not started');
    return this.#finished;
  }

  /** Resolves when something is durable that others can read, or when nothing more will be. */
  get begun(): Promise<void> {
    return this.#begun.entered;
  }

  /** null: done, and durable. */
  async ask(command: Unstamped<PersonCommand>): Promise<Refusal | null> {
    await this.#office.entered;
    const unfit = await this.#unfit(command);
    return unfit ?? this.#loop.ask(command);
  }

  stop(): void {
    this.#loop.stop();
  }

  /** Begins or takes over; `first` is the command that begins a new run. */
  start(first: Unstamped | null): void {
    if (first !== null) this.#loop.submit(first);
    this.#finished = this.#drive();
    // Whoever is interested asks for it; a failure before that is not an unhandled one.
    this.#finished.catch(() => undefined).finally(this.#begun.enter);
  }

  /** Called before the loop runs, so that nothing but what waits in the inbox is decided earlier. */
  #takeOver(): void {
    const before = this.#loop.state?.seq ?? 0;
    const driver = this.#parts.lock.epoch;
    const { agents } = this.#parts;
    const switched = agents === null ? {} : { agents };
    const here = { driver, host: hostname(), pid: process.pid };
    const left = (this.#left ?? []).filter(({ ask }) => ask !== null);
    this.#left = null;
    const takeOver = { type: 'start-driver', ...here, ...switched } as const;
    void this.#loop.ask(takeOver, null, left.length === 0).then((refusal) => {
      if (refusal !== null) {
        this.#options.onNote(refusal.message);
        this.#loop.stop();
        return;
      }
      // What this driver ordered itself is under way; what an earlier one ordered is not.
      const outlived = outstanding(this.state).filter(({ order }) => order <= before);
      if (this.state.phase.at === 'cancelling') {
        // Cancelled in the same turn: what is left is not begun again, it has ended.
        for (const effect of outlived) {
          this.#loop.submit({ type: 'record-abort', order: effect.order, effect });
        }
      } else this.#loop.perform(outlived);
      this.#watchBudget();
      if (this.#options.autoApprove) this.#approveAsked();
    });
    // One decision: who works is settled before anybody is asked to.
    for (const { ask } of left) ask?.();
    if (left.length > 0) this.#loop.submit({ type: 'check-budget' });
    this.#office.enter();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    await this.#finished?.catch(() => undefined);
  }

  async #drive(): Promise<RunState> {
    const { world, lock, journal, store, answered } = this.#parts;
    const stop = (): void => this.stop();
    this.#options.signal?.addEventListener('abort', stop, { once: true });
    const handover = lock.onHandoverRequested(stop);
    if (this.#options.signal?.aborted === true) stop();
    try {
      const inbox = await Inbox.watch(world.runFolder, {
        clock: this.#clock,
        answered,
        onCommand: (id, command) => {
          const unfit = this.#unfitFrom(command);
          this.#looking.push(unfit);
          this.#takeCommand(id, command, unfit).catch((error: unknown) => {
            this.#options.onNote(`a command could not be answered: ${String(error)}`);
          });
        },
      });
      if (!inbox.ok)
        this.#options.onNote(`commands from other windows cannot come in (${inbox.code})`);
      this.#inbox = inbox.ok ? inbox.inbox : null;
      await this.#inbox?.catchUp();
      await Promise.all(this.#looking.splice(0));
      this.#takeOver();
      const state = await this.#loop.run();
      await this.#saveSnapshot(state);
      return state;
    } finally {
      this.#options.signal?.removeEventListener('abort', stop);
      handover[Symbol.dispose]();
      this.#budgetTimer?.[Symbol.dispose]();
      await closeAll(
        [
          () => this.#inbox?.[Symbol.asyncDispose](),
          () => journal[Symbol.asyncDispose](),
          () => this.#anchor[Symbol.asyncDispose](),
          () => world.folders.removeAll(world.run),
          () => store[Symbol.asyncDispose](),
          () => lock.release(),
        ],
        this.#options.onNote,
      );
    }
  }

  #inbox: Inbox | null = null;

  async #takeCommand(
    id: CommandId,
    from: InboxCommand,
    looked: Promise<Refusal | null>,
  ): Promise<void> {
    const read = readPersonCommand(from);
    if (!read.ok) {
      await this.#inbox?.answer(id, {
        accepted: false,
        code: 'bad-command',
        message: read.message,
      });
      return;
    }
    // A pause that was left holds before this driver starts anything; what could start work waits.
    this.#commandsWait ||= read.command.type !== 'pause-run';
    const wait = this.#commandsWait;
    const turn: Left | null = wait && this.#left !== null ? { ask: null } : null;
    if (turn !== null) this.#left?.push(turn);
    const wasLeft = this.#left !== null;
    const unfit = await looked;
    if (unfit !== null) {
      if (wasLeft) this.#noteRefused(read.command, unfit);
      await this.#inbox?.answer(id, { accepted: false, ...unfit });
      return;
    }
    let refusal: Refusal | null;
    if (turn !== null && this.#left !== null) {
      refusal = await new Promise((resolve: (answer: Refusal | null) => void) => {
        turn.ask = () => void this.#loop.ask(read.command, id, false).then(resolve);
      });
    } else {
      if (wait) await this.#office.entered;
      refusal = await this.#loop.ask(read.command, id);
    }
    // The next driver takes it up.
    if (refusal?.code === 'not-driven') return;
    if (wasLeft && refusal !== null) this.#noteRefused(read.command, refusal);
    const answer =
      refusal === null
        ? ({ accepted: true, seq: this.state.seq } as const)
        : ({ accepted: false, ...refusal } as const);
    await this.#inbox?.answer(id, answer);
  }

  /** Whoever left it has gone, and hears of it from whoever goes on with the run. */
  #noteRefused({ type, by }: Unstamped<PersonCommand>, { message }: Refusal): void {
    this.#options.onNote(
      `what ${by} asked for while nobody drove the run (${type}) is not done: ${message}`,
    );
  }

  /** What cannot be read is refused where it is answered. */
  async #unfitFrom(from: InboxCommand): Promise<Refusal | null> {
    const read = readPersonCommand(from);
    return read.ok ? this.#unfit(read.command) : null;
  }

  /** Why the rules cannot be asked: what a command names is not there. null: it is. */
  async #unfit(command: Unstamped<PersonCommand>): Promise<Refusal | null> {
    if (command.type === 'switch-agents') {
      const { pool, agent, model = null } = command;
      const none = await this.#parts.world.providers.switch(pool, agent, model);
      return none === null ? null : { ...none, code: 'no-agents' };
    }
    if (command.type !== 'reopen-module' && command.type !== 'amend-contract') return null;
    return (await this.#isContract(command.contract)) ? null : noContract;
  }

  /** A tree that is none would stop every driver that tries to list its tests. */
  async #isContract(tree: TreeId): Promise<boolean> {
    try {
      const entries = await this.#parts.store.listTree(tree);
      const parts = new Set(entries.map(({ path }) => path.split('/', 1)[0]));
      return parts.has('contract') && parts.has('tests');
    } catch {
      return false;
    }
  }

  #observe(added: readonly RunEvent[], state: RunState): void {
    for (const event of added) this.#events.push(event);
    this.#anchor.offer(this.#parts.journal.durable);
    this.#pauses.set(state.pausedAt !== null);
    this.#handoffs.observe(added, state);
    if (this.#options.autoApprove && added.some(({ type }) => type === 'approval-requested')) {
      this.#approveAsked();
    }
    this.#options.observe(added, state);
    this.#begun.enter();
  }

  #approveAsked(): void {
    for (const { id, life } of this.state.gates) {
      if (life.at !== 'asked') continue;
      const { submission } = life;
      const approve = {
        type: 'approve-gate',
        gate: id,
        submission,
        by: '--yes',
        note: '',
      } as const;
      this.#loop.submit(approve);
    }
  }

  /** Wakes the rules when the run's minutes are used up; while it is paused, again later. */
  #watchBudget(): void {
    const { state } = this;
    const leftMs = state.plan.budget.minutes * 60_000 - elapsedMs(state, this.#clock.now());
    const wait = Math.max(1_000, leftMs + 1);
    this.#budgetTimer = this.#clock.after(
      wait,
      () => {
        this.#loop.submit({ type: 'check-budget' });
        if (!isOver(this.state)) this.#watchBudget();
      },
      { background: true },
    );
  }

  async #saveSnapshot(state: RunState): Promise<void> {
    const { world, journal } = this.#parts;
    const position = journal.durable;
    if (position.seq !== state.seq) return;
    await writeSnapshot(world.runFolder, snapshotVersion, { position, state: toSnapshot(state) });
  }
}

const noContract: Refusal = {
  code: 'no-contract',
  ...told(phrase('the contract that it names is not in the store')),
};

/** Tells when something has come about. */
function gate(): { readonly entered: Promise<void>; readonly enter: () => void } {
  let enter = (): void => undefined;
  const entered = new Promise<void>((resolve) => (enter = resolve));
  return { entered, enter };
}

/** The script that a plan's own folder holds. */
export const scriptBeside = (workspace: string, planFile: string): string =>
  join(workspace, dirname(planFile), 'script');
