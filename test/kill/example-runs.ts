import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunEvent } from '../../src/core/events.ts';
import type { Part } from './part-of-example.ts';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli', 'ashlar.mjs');
/** Faster, and a machine under load would look like agents that stall. */
const speed = '100';

/** How a run of the example ended. */
export interface Ended {
  readonly exit: number | null;
  readonly workspace: string;
  /** Holds the workspace, and what the run kept outside of it. */
  readonly folder: string;
  readonly stderr: string;
  readonly events: readonly RunEvent[];
  /** The last seal of each module. */
  readonly seals: ReadonlyMap<string, string>;
}

/** How the example is run: what `run` and `resume` get, `run` alone, and their environment. */
export interface Manner {
  readonly always: readonly string[];
  readonly atStart: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What of the example is built, where it is not all. */
  readonly part?: Part;
  /** Beside 0. */
  readonly mayEndWith?: number;
  /** Looks on while a run goes on; called for each of its events, before the next is read. */
  readonly watch?: (event: RunEvent, folder: string) => void;
}

export const scripted: Manner = { always: ['--speed', speed], atStart: [], env: {} };

/** Runs of the example as real processes, each in a workspace of its own. */
export class ExampleRuns implements AsyncDisposable {
  readonly #manner: Manner;
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'ashlar-kill-')));
  #count = 0;

  constructor(manner: Manner = scripted) {
    this.#manner = manner;
  }

  async complete(): Promise<Ended> {
    const place = this.#newPlace();
    return this.#run(place, this.#start, () => false);
  }

  /**
   * Kills a run when the `point`-th event that counts was printed, resumes it, and holds the result
   * against the reference. null: all is as it should be. A warm run finds the checks' results of
   * the reference, so that it spends its time on what a kill can break.
   */
  async killAndResume(
    point: number,
    counts: (event: RunEvent) => boolean,
    reference: Ended,
    cold: boolean,
  ): Promise<string | null> {
    const place = this.#newPlace(cold ? null : reference.workspace);
    let seen = 0;
    const killed = await this.#run(place, this.#start, (event) => {
      if (counts(event)) seen += 1;
      return seen >= point;
    });
    const resumed = killed.exit === 0 ? killed : await this.#run(place, ['resume'], () => false);
    const fault =
      faultOf(journalOf(place.workspace), resumed, reference) ?? leftBehind(place.cache);
    rmSync(place.folder, { recursive: true, force: true });
    return fault;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #start(): readonly string[] {
    return ['run', 'tiny-lang.plan.yaml', ...this.#manner.atStart];
  }

  #newPlace(warmedBy: string | null = null): Place {
    this.#count += 1;
    const folder = join(this.#folder, String(this.#count));
    const workspace = join(folder, 'workspace');
    cpSync(join(root, 'examples', 'tiny-lang'), workspace, {
      recursive: true,
      filter: (path) => !path.includes('.ce-workspace'),
    });
    const { part } = this.#manner;
    if (part !== undefined) {
      writeFileSync(join(workspace, 'tiny-lang.plan.yaml'), part.plan);
      for (const name of readdirSync(join(workspace, 'script'))) {
        if (name === 'tiers' || part.modules.includes(name)) continue;
        rmSync(join(workspace, 'script', name), { recursive: true });
      }
    }
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], {
        cwd: workspace,
      });
    };
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Example');
    if (warmedBy !== null) {
      const gates = join('.ce-workspace', 'cache', 'gates');
      cpSync(join(warmedBy, gates), join(workspace, gates), { recursive: true });
    }
    return { folder, workspace, cache: join(folder, 'cache') };
  }

  async #run(
    { folder, workspace, cache }: Place,
    verb: readonly string[],
    killAt: (event: RunEvent) => boolean,
  ): Promise<Ended> {
    const { always, env, watch, mayEndWith = 0 } = this.#manner;
    const args = ['--cwd', workspace, ...verb, '--yes', '--json', ...always];
    const child = spawn(process.execPath, [cli, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, XDG_CACHE_HOME: cache },
    });
    const events: RunEvent[] = [];
    const stderr = text(child);
    const ended = once(child, 'close') as Promise<[number | null]>;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as RunEvent;
      events.push(event);
      watch?.(event, folder);
      if (killAt(event)) child.kill('SIGKILL');
    }
    const [exit] = await ended;
    if (exit !== 0 && exit !== null && exit !== mayEndWith) {
      throw new Error(`${verb.join(' ')} ended with ${exit}: ${(await stderr).slice(-2_000)}`);
    }
    return { exit, workspace, folder, stderr: await stderr, events, seals: sealsOf(events) };
  }
}

interface Place {
  readonly folder: string;
  readonly workspace: string;
  readonly cache: string;
}

async function text(child: ChildProcess): Promise<string> {
  let all = '';
  for await (const chunk of child.stderr ?? []) all += String(chunk);
  return all;
}

/** Read as plain lines: the test does not trust the reader that it tests. */
function journalOf(workspace: string): RunEvent[] {
  const runs = join(workspace, '.ce-workspace', 'runs');
  const names = readdirSync(runs);
  return names.flatMap((run) =>
    readFileSync(join(runs, run, 'journal.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RunEvent),
  );
}

function sealsOf(events: readonly RunEvent[]): Map<string, string> {
  const seals = new Map<string, string>();
  for (const event of events)
    if (event.type === 'module-sealed') seals.set(event.module, event.seal);
  return seals;
}

function faultOf(journal: readonly RunEvent[], ended: Ended, reference: Ended): string | null {
  if (ended.exit !== 0) return `ended with ${String(ended.exit)}`;
  const seals = sealsOf(journal);
  for (const [module, seal] of reference.seals) {
    if (seals.get(module) !== seal) return `${module} has another seal`;
  }
  const sealed = new Set<string>();
  for (const event of journal) {
    if (event.type === 'module-sealed') sealed.add(event.module);
    if (event.type === 'module-reopened') sealed.delete(event.module);
    if (event.type === 'generation-started' && sealed.has(event.module)) {
      return `${event.module} was generated again while it was sealed`;
    }
  }
  return journal.at(-1)?.type === 'postmortem-written' ? null : 'there is no postmortem';
}

/** Work folders, and processes of checks, of the runs in a place. */
function leftBehind(cache: string): string | null {
  const work = join(cache, 'ashlar', 'work');
  for (const workspace of existing(work)) {
    const folders = existing(join(work, workspace)).flatMap((run) =>
      existing(join(work, workspace, run)),
    );
    if (folders.length > 0) return `work folders were left: ${folders.join(', ')}`;
  }
  for (const pid of existing('/proc').filter((name) => /^\d+$/.test(name))) {
    const environment = environmentOf(pid);
    if (environment.includes('ASHLAR_EFFECT=') && environment.includes(cache)) {
      return `process ${pid} was left`;
    }
  }
  return null;
}

function existing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(join('/proc', pid, 'environ'), 'utf8');
  } catch {
    return '';
  }
}
