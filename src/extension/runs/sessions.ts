import { t } from '../../core/language.ts';
import type { PersonCommand } from '../../core/commands/person.ts';
import type { Refusal } from '../../core/commands/refusal.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Unstamped } from '../../engine/run-loop.ts';
import type { RunSession, SessionOptions } from '../../engine/run-session.ts';
import type { Opened } from '../../engine/start-run.ts';
import type { RunKey } from '../../protocol/board.ts';
import { messageOf } from '../native/error-message.ts';
import { Emitter } from './emitter.ts';
import type { FollowedRun } from './followed-run.ts';
import type { Memory } from './memory.ts';
import { keyText } from './run-place.ts';
import type { RunsHost } from './runs-host.ts';
import type { Failure, ForeignDriver, Stopped } from './runs.ts';

/** A run that is driven here now. */
export type Driven =
  { readonly ok: true; readonly session: RunSession; readonly live: FollowedRun } | Failure;

/** What everything is answered with that comes too late. */
export const closing = (): Failure => failure('closing', t('The window is being closed.'));

const failure = (code: string, message: string): Failure => ({ ok: false, code, message });

/** The runs that this window drives. */
export class Sessions {
  readonly #host: RunsHost;
  readonly #memory: Memory;
  readonly #ending = new AbortController();
  /** Until a session is closed and its lock is free; by the run's key. */
  readonly #driven = new Map<string, Promise<void>>();
  readonly #takingOver = new Map<string, Promise<Driven>>();
  readonly #opening = new Set<Promise<unknown>>();
  readonly #stopped = new Emitter<Stopped>();
  readonly onDidStop = this.#stopped.event;

  constructor(host: RunsHost, memory: Memory) {
    this.#host = host;
    this.#memory = memory;
  }

  /** Aborts when the window closes. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Whether the window is taking it over just now. */
  isTakingOver(key: RunKey): boolean {
    return this.#takingOver.has(keyText(key));
  }

  /** Drives a run that `open` makes, from its beginning. */
  begin(
    settings: SessionSettings,
    open: (options: SessionOptions) => Promise<Opened>,
    follow: (session: RunSession) => Promise<FollowedRun>,
  ): Promise<Driven> {
    return this.#open(settings, open, follow);
  }

  /** Drives a run that nobody drives. Whoever asks twice gets one answer. */
  takeOver(live: FollowedRun, gone?: ForeignDriver): Promise<Driven> {
    const text = keyText(live.key);
    const known = this.#takingOver.get(text);
    if (known !== undefined) return known;
    if (live.session !== null) return Promise.resolve({ ok: true, session: live.session, live });
    const begun = this.#resume(live, gone).finally(() => this.#takingOver.delete(text));
    this.#takingOver.set(text, begun);
    return begun;
  }

  /** Resolves when a session of this run that has ended is no longer in the way of the next. */
  async closed(key: RunKey): Promise<void> {
    await this.#driven.get(keyText(key));
  }

  /** Stops all of them where they are. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error(closing().message));
    await Promise.allSettled(this.#opening);
    await Promise.allSettled(this.#driven.values());
  }

  dispose(): void {
    this.#stopped.dispose();
  }

  async #resume(live: FollowedRun, gone?: ForeignDriver): Promise<Driven> {
    const { key, folder, place } = live;
    const { resumeRun } = await this.#host.engine();
    live.opening = true;
    try {
      const settings = { speed: this.#host.settings(folder).scriptedAgentSpeed, name: key.run };
      const open = (options: SessionOptions): Promise<Opened> =>
        resumeRun(place.workspace, key.run, {
          ...options,
          ...(gone !== undefined && { goneHost: gone.host, goneHold: gone.nonce }),
        });
      const isStillOpen = async (): Promise<FollowedRun> => {
        if (live.hasEnded)
          throw new Error(t('The folder of run {0} was closed or removed.', key.run));
        return live;
      };
      return await this.#open(settings, open, isStillOpen);
    } finally {
      live.opening = false;
      if (live.session === null) void live.look();
    }
  }

  #open(
    { speed, name }: SessionSettings,
    open: (options: SessionOptions) => Promise<Opened>,
    follow: (session: RunSession) => Promise<FollowedRun>,
  ): Promise<Driven> {
    if (this.ending.aborted) return Promise.resolve(closing());
    let live: FollowedRun | null = null;
    const { log } = this.#host;
    const common: Omit<SessionOptions, 'models'> = {
      agents: null,
      script: null,
      speed,
      autoApprove: false,
      stayOpen: true,
      observe: (added) => live?.observe(added),
      onNote: (text) => log.info(`${live?.key.run ?? name}: ${oneLine(text, 1_000)}`),
      signal: this.ending,
    };
    const opening = this.#host
      .models()
      .then((models) => open({ ...common, models }))
      .then(async (opened): Promise<Driven> => {
        if (!opened.ok) return opened;
        const { session } = opened;
        // Whatever it made durable meanwhile is among its events when it is attached.
        const followed = await follow(session).catch(async (error: unknown) => {
          await session[Symbol.asyncDispose]();
          throw error;
        });
        live = followed;
        followed.attach(session);
        const remembered = this.#memory.rememberDriving(followed.key, process.pid);
        this.#driven.set(keyText(followed.key), this.#end(session, followed));
        await remembered;
        return { ok: true, session, live: followed };
      })
      .catch((error: unknown): Driven => {
        if (this.ending.aborted) return closing();
        log.error(error instanceof Error ? error : String(error));
        return failure('engine-failed', messageOf(error));
      })
      .finally(() => this.#opening.delete(opening));
    this.#opening.add(opening);
    return opening;
  }

  /** Resolves when the session is closed. */
  async #end(session: RunSession, live: FollowedRun): Promise<void> {
    const { key } = live;
    const broken = await session.finished.then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    // A window that closes leaves it, so that the next one goes on.
    if (!this.ending.aborted) await this.#memory.forgetDriving(key);
    if (broken !== null && !this.ending.aborted) {
      this.#host.log.error(broken);
      this.#stopped.fire({ key, message: broken.message });
    }
    await live.detach();
    this.#driven.delete(keyText(key));
  }
}

/** What a session needs to know beyond its run; `name` stands in the log until the run has one. */
export interface SessionSettings {
  readonly speed: number;
  readonly name: string;
}

/** Asks a session of this window; a session that has ended meanwhile answers `not-driven`. */
export async function askSession(
  session: RunSession,
  command: Unstamped<PersonCommand>,
): Promise<Refusal | null> {
  const gone: Refusal = { code: 'not-driven', message: t('The run is not driven here any more.') };
  const ended = session.finished.then(
    () => gone,
    () => gone,
  );
  return Promise.race([session.ask(command), ended]);
}
