import type { Disposable, WorkspaceFolder } from 'vscode';
import { t } from '../../core/language.ts';
import type { RunId } from '../../core/ids.ts';
import { isOver } from '../../core/state.ts';
import { journalStamp } from '../../engine/journal/journal-place.ts';
import type { DeskRun, RunKey } from '../../protocol/board.ts';
import { Emitter } from './emitter.ts';
import { FolderRuns } from './folder-runs.ts';
import { FollowedRun } from './followed-run.ts';
import type { Memory, PastRun } from './memory.ts';
import { hasLock, keyText, runPlace, type RunPlace } from './run-place.ts';
import type { RunsHost } from './runs-host.ts';

/** A run that lies in one of the folders. */
interface Known {
  readonly place: RunPlace;
  /** null for a run that is over and that nobody looks at. */
  live: FollowedRun | null;
  past: PastRun | null;
  /** Looked at: stays open when it is over. */
  wanted: boolean;
  /** Read once, and told of where it is not over. */
  examined: boolean;
  /** Why it could not be read when it was last tried: said once, not at each look. */
  fault: string;
  opening: Promise<FollowedRun> | null;
}

/** Lines of the list that change by the second are told of at most this often. */
const quietMs = 500;

/** Which runs there are, in all folders. Those that are not over are followed. */
export class Shelf implements Disposable {
  readonly #host: RunsHost;
  readonly #memory: Memory;
  readonly #folders = new Map<string, FolderRuns>();
  readonly #known = new Map<string, Known>();
  readonly #changed = new Emitter<void>();
  readonly #found = new Emitter<FollowedRun>();
  /** A run came, went, or is not as it was. */
  readonly onDidChange = this.#changed.event;
  /** A run that is not over was read for the first time. */
  readonly onDidFind = this.#found.event;
  readonly #subscriptions: Disposable[] = [];
  /** Folders in which a run is being made here: it is put on the shelf by whoever makes it. */
  readonly #reserved = new Set<string>();
  #quiet: NodeJS.Timeout | null = null;
  #ended = false;

  constructor(host: RunsHost, memory: Memory) {
    this.#host = host;
    this.#memory = memory;
    this.#subscriptions.push(host.onFolders(() => void this.look()));
  }

  /** Resolves when all folders were looked at, and all that lies in them was read. */
  async look(): Promise<void> {
    if (this.#ended) return;
    const folders = new Map(this.#host.folders.map((folder) => [folder.uri.toString(), folder]));
    for (const [uri, runs] of this.#folders) {
      if (folders.has(uri)) continue;
      runs.dispose();
      this.#folders.delete(uri);
      await this.#take(runs.folder, []);
    }
    for (const [uri, folder] of folders) {
      if (this.#folders.has(uri)) continue;
      this.#folders.set(uri, new FolderRuns(folder, (runs) => this.#take(folder, runs)));
    }
    await Promise.all([...this.#folders.values()].map((runs) => runs.look()));
  }

  /** Newest first. */
  lines(now: number): DeskRun[] {
    const lines = [...this.#known.values()].flatMap(({ live, past }) => {
      const line = live === null ? (past?.line ?? null) : live.engine.deskRun(live, now);
      return line === null ? [] : [line];
    });
    return lines.sort(
      (one, other) => other.startedAt - one.startedAt || (one.key.run < other.key.run ? 1 : -1),
    );
  }

  /** All that are followed and were told of. */
  get live(): readonly FollowedRun[] {
    const known = [...this.#known.values()];
    return known.flatMap(({ live, examined }) => (examined && live !== null ? live : []));
  }

  /** The run where it is followed already. */
  get(key: RunKey): FollowedRun | null {
    return this.#known.get(keyText(key))?.live ?? null;
  }

  has(key: RunKey): boolean {
    return this.#known.has(keyText(key));
  }

  /** Follows a run, also one that is over; null where there is none. */
  async follow(key: RunKey): Promise<FollowedRun | null> {
    const known = this.#known.get(keyText(key));
    if (known === undefined || this.#ended) return null;
    known.wanted = true;
    if (known.opening !== null) return known.opening;
    if (known.live !== null) return known.live;
    const live = await this.#open(known);
    this.#changed.fire();
    return live;
  }

  /** Keeps a folder's new runs off the shelf while `make` makes one, which is then put there. */
  async make<T>(folder: WorkspaceFolder, make: () => Promise<T>): Promise<T> {
    const uri = folder.uri.toString();
    this.#reserved.add(uri);
    try {
      return await make();
    } finally {
      this.#reserved.delete(uri);
      void this.#folders.get(uri)?.look();
    }
  }

  /** A run that this window has just made, to be fed by its session. */
  async put(folder: WorkspaceFolder, run: RunId): Promise<FollowedRun> {
    if (this.#isGone(folder.uri.toString())) {
      throw new Error(t('The folder {0} was closed meanwhile.', folder.name));
    }
    const known = this.#add(runPlace(folder, run));
    known.wanted = true;
    known.examined = true;
    known.live ??= await this.#newLive(known);
    return known.live;
  }

  dispose(): void {
    this.#ended = true;
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    for (const each of this.#subscriptions) each.dispose();
    for (const runs of this.#folders.values()) runs.dispose();
    for (const { live } of this.#known.values()) live?.dispose();
    this.#changed.dispose();
    this.#found.dispose();
  }

  async #take(folder: WorkspaceFolder, runs: readonly RunId[]): Promise<void> {
    const uri = folder.uri.toString();
    const present = new Set<string>(runs);
    for (const [text, { place, live }] of this.#known) {
      if (place.key.folder !== uri || present.has(place.key.run)) continue;
      this.#known.delete(text);
      live?.session?.stop();
      live?.dispose();
      await this.#memory.forgetPast(place.key);
      this.#changed.fire();
    }
    if (this.#isGone(uri)) return;
    const isOurs = (place: RunPlace): boolean => this.has(place.key) || !this.#reserved.has(uri);
    // All are known before the first is read: whoever looks for one of them must not take another.
    const found = runs.map((run) => runPlace(folder, run)).filter(isOurs);
    const known = found.map((place) => this.#add(place));
    // One after the other: reading old runs is nobody's hurry, and journals can be large.
    for (const each of known.reverse()) {
      if (this.#isGone(uri)) return;
      await this.#examine(each).catch((error: unknown) => {
        const fault = String(error);
        if (fault === each.fault) return;
        each.fault = fault;
        this.#host.log.error(`${each.place.key.run} cannot be read: ${fault}`);
      });
    }
  }

  #isGone(uri: string): boolean {
    return this.#ended || !this.#folders.has(uri);
  }

  #add(place: RunPlace): Known {
    const text = keyText(place.key);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const added: Known = {
      place,
      live: null,
      past: null,
      wanted: false,
      examined: false,
      fault: '',
      opening: null,
    };
    this.#known.set(text, added);
    return added;
  }

  /** Reads what is not known; a run that is over is put away again, but for its line. */
  async #examine(known: Known): Promise<void> {
    if (known.live !== null) return;
    const { key, path } = known.place;
    const stamp = await journalStamp(path);
    const past = known.past ?? this.#memory.past(key);
    if (past !== null && past.stamp === stamp && !(await hasLock(path))) {
      if (known.past === past) return;
      known.past = past;
      this.#changed.fire();
      return;
    }
    const live = await this.#open(known);
    const line = live.engine.deskRun(live, Date.now());
    const isSettled = live.driver === 'nobody' && (live.problem !== null || !live.isOpen);
    known.examined = true;
    if (isSettled && stamp !== null && line !== null) {
      known.past = { stamp, line };
      if (!known.wanted) {
        known.live = null;
        live.dispose();
      }
      await this.#memory.rememberPast(known.past);
    } else if (live.isOpen) this.#found.fire(live);
    this.#changed.fire();
  }

  #open(known: Known): Promise<FollowedRun> {
    known.opening ??= this.#newLive(known)
      .then(async (live) => {
        known.live = live;
        await live.open();
        // Removed while it was read.
        if (this.#ended || !this.has(known.place.key)) live.dispose();
        return live;
      })
      .finally(() => (known.opening = null));
    return known.opening;
  }

  async #newLive({ place }: Known): Promise<FollowedRun> {
    const warn = (message: string): void => this.#host.log.warn(message);
    const live = new FollowedRun(place, await this.#host.engine(), warn);
    live.onDidChange(() => this.#changed.fire());
    let shape = '';
    live.onDidAppend(() => {
      const now = shapeOf(live);
      if (now !== shape) this.#changed.fire();
      else this.#changeSoon();
      shape = now;
    });
    return live;
  }

  #changeSoon(): void {
    this.#quiet ??= setTimeout(() => {
      this.#quiet = null;
      this.#changed.fire();
    }, quietMs);
    this.#quiet.unref();
  }
}

/** What people look at first in a run's line. */
function shapeOf({ replayed }: FollowedRun): string {
  if (replayed === null) return '';
  const { phase, pausedAt, sealed, needPerson, exhausted } = replayed.state;
  const over = isOver(replayed.state);
  const used = exhausted.map(({ scope, what }) => `${scope} ${what}`).join();
  return [phase.at, over, pausedAt, sealed, needPerson, used].join(' ');
}
