import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventOf, RunEvent } from '../../../src/core/events.ts';
import type { RunId } from '../../../src/core/ids.ts';
import type { RunState } from '../../../src/core/state.ts';
import { sendCommand, type Sent } from '../../../src/engine/person.ts';
import type { PersonRequest } from '../../../src/engine/person-request.ts';
import type { RunSession, SessionOptions } from '../../../src/engine/run-session.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { tempFolder, type TempFolder } from '../../support/temp-folder.ts';
import { opened, prepare, sessionOptions } from '../../support/tiny-workspace.ts';

/** A workspace with a cache folder of its own, in which work folders that were left can be seen. */
export interface Place extends AsyncDisposable {
  readonly workspace: string;
  /** Beside the workspace. */
  readonly outside: string;
  /** Work folders that lie there now, as `<run>/<name>`. */
  workFolders(): string[];
  /** A file in one of them; null where there is none. */
  readWork(folder: string, path: string): string | null;
}

/** Work folders of this process go there until the place is disposed of. */
export async function openPlace(): Promise<Place> {
  const folder = await tempFolder();
  const [workspace, outside, cache] = ['workspace', 'outside', 'cache'].map((name) =>
    join(folder.path, name),
  ) as [string, string, string];
  await mkdir(workspace);
  await mkdir(outside);
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = cache;
  return {
    workspace,
    outside,
    workFolders: () => {
      const work = join(cache, 'ashlar', 'work');
      return foldersIn(work).flatMap((base) =>
        foldersIn(join(work, base)).flatMap((run) =>
          foldersIn(join(work, base, run)).map((name) => `${run}/${name}`),
        ),
      );
    },
    readWork: (folder, path) => {
      const work = join(cache, 'ashlar', 'work');
      for (const base of foldersIn(work)) {
        const file = join(work, base, folder, path);
        if (existsSync(file)) return readFileSync(file, 'utf8');
      }
      return null;
    },
    async [Symbol.asyncDispose]() {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The same as one folder; its end throws where a run has left work folders. */
export async function workspaceFolder(): Promise<TempFolder> {
  const place = await openPlace();
  return {
    path: place.workspace,
    async [Symbol.asyncDispose]() {
      const left = place.workFolders();
      await place[Symbol.asyncDispose]();
      if (left.length > 0) throw new Error(`work folders were left: ${left.join(', ')}`);
    },
  };
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Living processes that carry an effect of the run; zombies are dead. */
export function processesOf(run: RunId): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => procFile(pid, 'environ').includes(`ASHLAR_EFFECT=${run}/`));
}

function procFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

/** A run that this process drives, while the test watches it and acts from beside it. */
export class LiveRun implements AsyncDisposable {
  readonly session: RunSession;
  readonly #workspace: string;
  readonly #watch: Watch;

  constructor(session: RunSession, workspace: string, watch: Watch) {
    this.session = session;
    this.#workspace = workspace;
    this.#watch = watch;
  }

  get run(): RunId {
    return this.session.run;
  }

  get finished(): Promise<RunState> {
    return this.session.finished;
  }

  /** The first such event; rejects if the run ends before it comes. */
  saw<T extends RunEvent['type']>(
    type: T,
    where: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const seen = this.#watch.first((event) => event.type === type && where(event as EventOf<T>));
    const ended = this.finished.then(() => {
      throw new Error(`the run ended without ${type}`);
    });
    return Promise.race([seen, ended]) as Promise<EventOf<T>>;
  }

  send(request: PersonRequest): Promise<Sent> {
    return sendCommand(this.#workspace, this.run, request, 'test');
  }

  /** Stops driving: what is at work is given up, and the run stays as it is. */
  async stop(): Promise<void> {
    this.session.stop();
    await this.finished;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]();
  }
}

class Watch {
  readonly notes: string[] = [];
  readonly #events: RunEvent[] = [];
  readonly #waiting = new Set<() => void>();

  observe = (added: readonly RunEvent[]): void => {
    this.#events.push(...added);
    for (const look of [...this.#waiting]) look();
  };

  first(accepts: (event: RunEvent) => boolean): Promise<RunEvent> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.#events.find(accepts);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

type Options = Partial<SessionOptions>;

/** Starts the plan of a workspace and stays with it while only a person can go on. */
export async function live(workspace: string, more: Options = {}): Promise<LiveRun> {
  const watch = new Watch();
  const { observe } = watch;
  const options = sessionOptions({ speed: 1000, stayOpen: true, observe, ...more });
  return new LiveRun(opened(await startRun(await prepare(workspace), options)), workspace, watch);
}

/** Goes on with a run, and stays with it. */
export async function liveAgain(
  workspace: string,
  run: RunId | null = null,
  more: Options = {},
): Promise<LiveRun> {
  const watch = new Watch();
  const { observe } = watch;
  const options = sessionOptions({ speed: 1000, stayOpen: true, observe, ...more });
  return new LiveRun(opened(await resumeRun(workspace, run, options)), workspace, watch);
}
