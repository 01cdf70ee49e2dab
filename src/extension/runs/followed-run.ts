import { hostname } from 'node:os';
import type { WorkspaceFolder } from 'vscode';
import { t } from '../../core/language.ts';
import type { RunEvent } from '../../core/events.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import { isOver } from '../../core/state.ts';
import type { JournalPosition } from '../../engine/journal/codec.ts';
import type { Follower } from '../../engine/journal/follow.ts';
import { journalStamp } from '../../engine/journal/journal-place.ts';
import type { RunSession } from '../../engine/run-session.ts';
import type { Driver, RunKey } from '../../protocol/board.ts';
import { messageOf } from '../native/error-message.ts';
import { Coalesced } from './coalesced.ts';
import { Emitter } from './emitter.ts';
import type { RunPlace } from './run-place.ts';
import type { Engine } from './runs-host.ts';
import type { LiveRun } from './runs.ts';
import { watchFolder, type Watching } from './watch-folder.ts';

/** Another process that drives a run. */
export interface OtherDriver {
  readonly pid: number;
  readonly host: string;
  /** Of its hold of the lock alone. */
  readonly nonce: string;
}

const pollMs = 1_000;

/**
 * A run of this or another process, event by event.
 *
 *     nobody ──lock appears──► elsewhere      the journal is followed as it is written
 *       ▲  ◄──lock released──     │           the rest of it is read once more
 *       │                         │
 *       └──session ends── here ◄──┘ attach    the session hands on what is durable
 *
 * Events are told apart by their numbers, so that it does not matter which way one comes first.
 */
export class FollowedRun implements LiveRun {
  readonly key: RunKey;
  readonly folder: WorkspaceFolder;
  readonly place: RunPlace;
  readonly engine: Engine;
  readonly events: RunEvent[] = [];
  replayed: Replayed | null = null;
  driver: Driver = 'nobody';
  /** Who drives it; null where nobody does, or this window does. */
  other: OtherDriver | null = null;

  get foreign(): OtherDriver | null {
    return this.other !== null && this.other.host !== hostname() ? this.other : null;
  }

  problem: string | null = null;
  /** This window is about to drive it: its lock is not somebody else's. */
  opening = false;

  readonly #warn: (message: string) => void;
  readonly #appended = new Emitter<readonly RunEvent[]>();
  readonly #changed = new Emitter<void>();
  readonly onDidAppend = this.#appended.event;
  readonly onDidChange = this.#changed.event;
  readonly #looking = new Coalesced(() => this.#look());
  #session: RunSession | null = null;
  #follower: Follower<RunEvent> | null = null;
  /** How far followers have read. */
  #head: JournalPosition | null = null;
  /** The journal as it was when it was last read to its end. */
  #readStamp: string | null = null;
  #watch: Watching | null = null;
  #ended = false;
  #warned = '';

  constructor(place: RunPlace, engine: Engine, warn: (message: string) => void) {
    this.key = place.key;
    this.folder = place.folder;
    this.place = place;
    this.engine = engine;
    this.#warn = warn;
  }

  /** Resolves when all that is in the journal now has been read; the run is watched from then on. */
  open(): Promise<void> {
    this.#watchLock();
    return this.look();
  }

  /** Looks who drives it, and reads what is new where nobody tells of it. */
  look(): Promise<void> {
    return this.#looking.run();
  }

  /** Nobody follows it any more: its folder was closed or removed. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  get session(): RunSession | null {
    return this.#session;
  }

  get isOpen(): boolean {
    return this.replayed === null || !isOver(this.replayed.state);
  }

  /** This window drives it from now on. */
  attach(session: RunSession): void {
    this.opening = false;
    this.#session = session;
    this.#watch?.dispose();
    this.#watch = null;
    this.#endFollower();
    // Whoever drives it has read all of the journal, and found it sound.
    this.problem = null;
    // First: whoever hears of its events must not take them for those of a run that was left.
    const isNew = this.driver !== 'here';
    this.driver = 'here';
    this.other = null;
    this.#append(session.events);
    if (isNew && !this.#ended) this.#changed.fire();
  }

  /** What the session that was attached has made durable; called before attaching, it waits there. */
  observe(added: readonly RunEvent[]): void {
    if (this.#session !== null) this.#append(added);
  }

  /** The session has ended. */
  detach(): Promise<void> {
    this.#session = null;
    if (!this.#ended) this.#watchLock();
    return this.look();
  }

  dispose(): void {
    this.#ended = true;
    this.#watch?.dispose();
    this.#endFollower();
    this.#appended.dispose();
    this.#changed.dispose();
  }

  #watchLock(): void {
    const concerns = (name: string): boolean => name.startsWith('lock');
    this.#watch ??= watchFolder(this.place.path, { pollMs, concerns }, () => void this.look());
  }

  #isElsewhere(): boolean {
    return this.#session === null && !this.opening && !this.#ended;
  }

  async #look(): Promise<void> {
    try {
      if (!this.#isElsewhere()) return;
      const clock = this.engine.systemClock();
      const found = await this.engine.readHolder(this.place.path, clock);
      if (!this.#isElsewhere()) return;
      if (found !== null) {
        // Before its events are read: they are not those of a run that was left.
        const { pid, host, nonce } = found.holder;
        this.#setDriver('elsewhere', { pid, host, nonce });
        this.#follower ??= this.#newFollower();
        await this.#follower.catchUp();
        return;
      }
      await this.#readRest();
      if (this.#isElsewhere()) this.#setDriver('nobody', null);
    } catch (error) {
      // A lock that is none, a folder that may not be read: what was read before stands.
      this.#warnOnce(messageOf(error));
    }
  }

  /** A driver may also have come and gone between two looks. */
  async #readRest(): Promise<void> {
    const stamp = await journalStamp(this.place.path);
    if (this.#follower === null && (stamp === null || stamp === this.#readStamp)) return;
    if (!this.#isElsewhere()) return;
    const follower = (this.#follower ??= this.#newFollower());
    await follower.catchUp();
    // Damage counts when it is seen twice.
    await follower.catchUp();
    this.#readStamp = stamp;
    if (this.#follower === follower) this.#endFollower();
  }

  #newFollower(): Follower<RunEvent> {
    return new this.engine.Follower<RunEvent>(this.place.path, {
      clock: this.engine.systemClock(),
      from: this.#head,
      onEvents: (events, head) => {
        this.#head = head;
        this.#append(events);
      },
      onProblem: ({ line, message }) => this.#setProblem(t('Line {0}: {1}', line, message)),
    });
  }

  #endFollower(): void {
    const follower = this.#follower;
    this.#follower = null;
    follower?.[Symbol.asyncDispose]().catch((error: unknown) => this.#warnOnce(String(error)));
  }

  #append(given: readonly RunEvent[]): void {
    if (this.#ended || this.problem !== null) return;
    const last = this.events.at(-1)?.seq ?? 0;
    const isNext = given[0]?.seq === last + 1;
    const added = isNext ? given : given.filter(({ seq }) => seq > last);
    const fresh: RunEvent[] = [];
    let { replayed } = this;
    for (const event of added) {
      try {
        replayed = this.engine.replayEvent(replayed, event);
      } catch (error) {
        const why = messageOf(error);
        this.#setProblem(
          t('Line {0}: The event does not fit those before it ({1}).', event.seq, why),
        );
        break;
      }
      fresh.push(event);
    }
    if (fresh.length === 0) return;
    this.replayed = replayed;
    for (const event of fresh) this.events.push(event);
    this.#appended.fire(fresh);
  }

  #setProblem(problem: string): void {
    if (this.#ended || this.problem !== null) return;
    this.problem = problem;
    this.#changed.fire();
  }

  #setDriver(driver: Driver, other: OtherDriver | null): void {
    const same = this.driver === driver && this.other?.pid === other?.pid;
    this.other = other;
    if (same || this.#ended) return;
    this.driver = driver;
    this.#changed.fire();
  }

  #warnOnce(message: string): void {
    if (message === this.#warned) return;
    this.#warned = message;
    this.#warn(`${this.key.run}: ${message}`);
  }
}
