import type { Disposable, Uri } from 'vscode';
import { t } from '../../core/language.ts';
import { journalStamp } from '../../engine/journal/journal-place.ts';
import type { Sent } from '../../engine/person.ts';
import type { PersonRequest } from '../../engine/person-request.ts';
import type { DeskRun, RunKey } from '../../protocol/board.ts';
import { Asking } from './asking.ts';
import { Emitter } from './emitter.ts';
import type { FollowedRun } from './followed-run.ts';
import { GoingOn, isInterrupted } from './going-on.ts';
import { Memory } from './memory.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import type { RunsHost } from './runs-host.ts';
import type { Began, ForeignDriver, LiveRun, Runs } from './runs.ts';
import { Sessions } from './sessions.ts';
import { Shelf } from './shelf.ts';
import { Starting } from './starting.ts';
import type { Way } from '../../core/way.ts';

const untrusted = () =>
  ({
    ok: false,
    code: 'untrusted',
    message: t('Trust this workspace first: until then its runs can only be looked at.'),
  }) as const;

const missing = (key: RunKey) =>
  ({
    ok: false,
    code: 'unknown-run',
    message: t('There is no run {0} any more.', key.run),
  }) as const;

/** The runs of a window: puts together who finds, drives, starts and asks. */
export class AllRuns implements Runs {
  readonly #host: RunsHost;
  readonly #memory: Memory;
  readonly #shelf: Shelf;
  readonly #sessions: Sessions;
  readonly #starting: Starting;
  readonly #asking: Asking;
  readonly #goingOn: GoingOn;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly onDidStop: Runs['onDidStop'];
  readonly ready: Promise<void>;
  readonly #subscriptions: Disposable[];
  #list: readonly DeskRun[] | null = null;
  #current: FollowedRun | null = null;
  /** Whether a person chose the current run, so that a newer one does not push it aside. */
  #chosen: RunKey | null;
  #choosing: RunKey | null = null;
  #turning = Promise.resolve();

  constructor(host: RunsHost) {
    this.#host = host;
    this.#memory = new Memory(host.memory);
    this.#shelf = new Shelf(host, this.#memory);
    this.#sessions = new Sessions(host, this.#memory);
    this.#starting = new Starting(host, this.#shelf, this.#sessions);
    this.#asking = new Asking(host, this.#sessions);
    this.#goingOn = new GoingOn(host, this.#memory, this.#sessions);
    this.#chosen = this.#memory.selected;
    this.onDidStop = this.#sessions.onDidStop;
    const warn = (error: unknown): void => host.log.warn(String(error));
    this.#subscriptions = [
      this.#shelf.onDidChange(() => this.#refresh()),
      this.#shelf.onDidFind((live) => {
        void this.#goingOn
          .found(live)
          .catch(warn)
          .then(() => this.#changed.fire());
      }),
      this.#starting.onDidChange(() => this.#changed.fire()),
      host.onTrusted(() => {
        void this.#goingOn
          .trusted()
          .catch(warn)
          .then(() => this.#changed.fire());
      }),
    ];
    this.ready = this.#shelf
      .look()
      .then(() => this.#turnToNext())
      .catch(warn);
  }

  get list(): readonly DeskRun[] {
    this.#list ??= this.#shelf.lines(Date.now());
    return this.#list;
  }

  get current(): LiveRun | null {
    return this.#current;
  }

  get starting(): Runs['starting'] {
    return this.#starting.now;
  }

  get interrupted(): readonly RunKey[] {
    const isOffered = (live: FollowedRun): boolean =>
      isInterrupted(live) && !live.opening && !this.#goingOn.isConsidering(live);
    const offered = this.#shelf.live.filter(isOffered);
    return offered.map(({ key }) => key).sort((one, other) => (one.run < other.run ? 1 : -1));
  }

  follow(key: RunKey): Promise<LiveRun | null> {
    return this.#shelf.follow(key);
  }

  async select(key: RunKey): Promise<void> {
    this.#choosing = key;
    const live = await this.#shelf.follow(key);
    // Another may have been chosen while this one was read.
    if (live === null || this.#choosing !== key) return;
    this.#chosen = key;
    this.#turnTo(live);
    await this.#memory.select(key);
  }

  async start(plan: Uri, cancelled?: AbortSignal, way?: Way): Promise<Began> {
    const started = await this.#starting.start(plan, cancelled, way);
    if (!started.ok) return started;
    const { live, ...began } = started;
    this.#chosen = this.#choosing = null;
    this.#turnTo(live);
    await this.#memory.select(null);
    return began;
  }

  async resume(key: RunKey, gone?: ForeignDriver): Promise<Began> {
    const found = await this.#mayAct(key);
    return found.ok ? this.#asking.resume(found.live, gone) : { ...found, diagnostics: [] };
  }

  async send(key: RunKey, request: PersonRequest): Promise<Sent> {
    const found = await this.#mayAct(key);
    return found.ok ? this.#asking.send(found.live, request) : found;
  }

  async stop(): Promise<void> {
    await this.#sessions.stop();
    await this.#starting.settled();
  }

  dispose(): void {
    void this.stop();
    for (const each of this.#subscriptions) each.dispose();
    this.#shelf.dispose();
    this.#starting.dispose();
    this.#sessions.dispose();
    this.#changed.dispose();
  }

  async #mayAct(
    key: RunKey,
  ): Promise<{ ok: true; live: FollowedRun } | { ok: false; code: string; message: string }> {
    if (!this.#host.trusted) return untrusted();
    const live = await this.#shelf.follow(key);
    if (live === null) return missing(key);
    // Deleted, and nobody has looked since: whoever drove it now would make an empty folder of that name.
    if (live.events.length > 0 && (await journalStamp(live.place.path)) === null) {
      void this.#shelf.look();
      return missing(key);
    }
    return { ok: true, live };
  }

  #refresh(): void {
    this.#list = null;
    this.#changed.fire();
    // One after the other: each may have to open a run first.
    this.#turning = this.#turning
      .then(() => this.#turnToNext())
      .catch((error: unknown) => this.#host.log.warn(String(error)));
  }

  #turnTo(live: FollowedRun | null): void {
    if (this.#current === live) return;
    this.#current = live;
    this.#list = null;
    this.#changed.fire();
  }

  /** Stays with the run that it is about, unless that is over and a newer one is open, or is gone. */
  async #turnToNext(): Promise<void> {
    const next = this.#next();
    if (next === null || (this.#current !== null && isSameRun(this.#current.key, next))) {
      if (next === null) this.#turnTo(null);
      return;
    }
    const live = await this.#shelf.follow(next);
    // What was asked for meanwhile stands.
    const wanted = this.#next();
    if (live !== null && wanted !== null && isSameRun(wanted, next)) this.#turnTo(live);
  }

  #next(): RunKey | null {
    const chosen = this.#chosen;
    if (chosen !== null && this.#shelf.has(chosen)) return chosen;
    const isOpen = ({ outcome, problem }: DeskRun): boolean => outcome === null && problem === null;
    const newestOpen = this.list.find(isOpen) ?? null;
    const current = this.#current;
    const stays = current !== null && (current.isOpen || newestOpen === null);
    if (stays && this.#shelf.has(current.key)) return current.key;
    return (newestOpen ?? this.list[0])?.key ?? null;
  }
}
