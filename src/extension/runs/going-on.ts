import type { FollowedRun } from './followed-run.ts';
import type { Memory } from './memory.ts';
import { lastSignOfLife } from './run-place.ts';
import type { RunsHost } from './runs-host.ts';
import type { Sessions } from './sessions.ts';

/** A window that was closed no longer ago than this was most likely reloaded. */
const reloadMs = 2 * 60_000;

/** Whether there is work in it that its driver left, other than waiting for a person. */
export function isInterrupted({ replayed, isOpen, driver, problem }: FollowedRun): boolean {
  if (replayed === null || !isOpen || driver !== 'nobody' || problem !== null) return false;
  return replayed.state.inFlight > 0 || replayed.state.phase.at === 'finished';
}

/**
 * Goes on with runs by itself: with what this workspace's window drove until it was reloaded, and, by
 * a setting, with whatever was interrupted. All else is only offered.
 */
export class GoingOn {
  readonly #host: RunsHost;
  readonly #memory: Memory;
  readonly #sessions: Sessions;
  /** Found while nothing may run here. */
  readonly #untrusted: FollowedRun[] = [];
  readonly #considered = new Set<FollowedRun>();

  constructor(host: RunsHost, memory: Memory, sessions: Sessions) {
    this.#host = host;
    this.#memory = memory;
    this.#sessions = sessions;
  }

  /** Whether it is still to be seen if it goes on by itself. */
  isConsidering(live: FollowedRun): boolean {
    return this.#considered.has(live);
  }

  /** A run that is not over was found. Resolves when it goes on, or will not by itself. */
  async found(live: FollowedRun): Promise<void> {
    if (!this.#host.trusted) {
      this.#untrusted.push(live);
      return;
    }
    this.#considered.add(live);
    try {
      await this.#consider(live);
    } finally {
      this.#considered.delete(live);
    }
  }

  /** The folder is trusted now. */
  async trusted(): Promise<void> {
    for (const live of this.#untrusted.splice(0)) await this.found(live);
  }

  async #consider(live: FollowedRun): Promise<void> {
    const remembered = this.#memory.drives(live.key);
    if (live.driver === 'elsewhere' && remembered !== null) {
      if (live.other?.pid === remembered.pid) this.#awaitRelease(live, remembered.pid);
      else await this.#memory.forgetDriving(live.key);
      return;
    }
    if (live.driver !== 'nobody' || live.replayed === null || live.problem !== null) return;
    if (remembered !== null) {
      await this.#memory.forgetDriving(live.key);
      const quietMs = Date.now() - (await lastSignOfLife(live.place.path));
      if (quietMs < reloadMs) {
        await this.#takeOver(live, 'the window was reloaded');
        return;
      }
    }
    const always = this.#host.settings(live.folder).resumeInterruptedRuns === 'always';
    if (always && isInterrupted(live)) await this.#takeOver(live, 'it was interrupted');
  }

  /** The window's own former process still holds it. */
  #awaitRelease(live: FollowedRun, pid: number): void {
    const subscription = live.onDidChange(() => {
      if (live.driver === 'elsewhere' && live.other?.pid === pid) return;
      subscription.dispose();
      const isFree = live.driver === 'nobody' && live.isOpen && live.problem === null;
      if (isFree) void this.#takeOver(live, 'its former window let go of it');
    });
  }

  async #takeOver(live: FollowedRun, why: string): Promise<void> {
    const taken = await this.#sessions.takeOver(live);
    const { log } = this.#host;
    if (taken.ok) log.info(`${live.key.run}: goes on, because ${why}`);
    else if (taken.code !== 'held') log.warn(`${live.key.run}: cannot go on: ${taken.message}`);
  }
}
