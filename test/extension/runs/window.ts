import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Uri, WorkspaceFolder } from 'vscode';
import type { ModelOptions } from '../../../src/engine/agents/model-service.ts';
import type { EventOf, RunEvent } from '../../../src/core/events.ts';
import type { RunKey } from '../../../src/protocol/board.ts';
import { AllRuns } from '../../../src/extension/runs/all-runs.ts';
import { Emitter } from '../../../src/extension/runs/emitter.ts';
import type { RunSettings, RunsHost } from '../../../src/extension/runs/runs-host.ts';
import type { Began, LiveRun, Runs } from '../../../src/extension/runs/runs.ts';

/** As much of one as is looked at. */
export function fileUri(path: string): Uri {
  const uri: unknown = {
    ...{ scheme: 'file', fsPath: path, path },
    toString: () => pathToFileURL(path).href,
  };
  return uri as Uri;
}

const folderOf = (path: string, index: number): WorkspaceFolder => ({
  ...{ uri: fileUri(path), name: basename(path), index },
});

/** What a window of the editor remembers of its workspace; given to the next window, it was reloaded. */
export class FakeMemory {
  readonly #values = new Map<string, string>();

  get<T>(name: string, otherwise?: T): T {
    const text = this.#values.get(name);
    return text === undefined ? (otherwise as T) : (JSON.parse(text) as T);
  }

  async update(name: string, value: unknown): Promise<void> {
    this.#values.set(name, JSON.stringify(value));
  }
}

export interface WindowOptions extends Partial<RunSettings> {
  readonly memory?: FakeMemory;
  readonly trusted?: boolean;
  /** In place of the real one. */
  readonly engine?: RunsHost['engine'];
}

/** A window of an editor that is none, with the real runs and the real engine in it. */
export class FakeWindow implements AsyncDisposable {
  readonly runs: Runs;
  readonly memory: FakeMemory;
  readonly log: string[] = [];
  /** How often the engine was asked for. */
  engineLoads = 0;
  /** What is still to be saved when a plan is started. */
  readonly saved: string[] = [];
  /** What runs are told of models. */
  models: ModelOptions = { choice: {}, service: { apiKey: null, baseURL: null, keyHint: '' } };
  readonly #folders: WorkspaceFolder[];
  readonly #onFolders = new Emitter<void>();
  readonly #onTrusted = new Emitter<void>();
  #trusted: boolean;

  constructor(paths: readonly string[], options: WindowOptions = {}) {
    this.#folders = paths.map(folderOf);
    this.#trusted = options.trusted ?? true;
    this.memory = options.memory ?? new FakeMemory();
    const write = (message: string | Error): void => void this.log.push(String(message));
    const host: RunsHost = {
      ...{ memory: this.memory, by: 'somebody', folders: this.#folders },
      onFolders: this.#onFolders.event,
      onTrusted: this.#onTrusted.event,
      log: { info: write, warn: write, error: write },
      folderOf: ({ fsPath }) =>
        this.#folders.find(({ uri }) => fsPath.startsWith(`${uri.fsPath}/`)) ?? null,
      save: async ({ fsPath }) => {
        this.saved.push(fsPath);
        return true;
      },
      settings: () => ({
        ...{ sandbox: 'prefer', base: 'work-tree', resumeInterruptedRuns: 'ask' },
        scriptedAgentSpeed: 1_000,
        ...options,
      }),
      engine: () => {
        this.engineLoads += 1;
        return options.engine?.() ?? import('../../../src/extension/engine.ts');
      },
      models: async () => Promise.resolve(this.models),
      get trusted() {
        return isTrusted();
      },
    };
    const isTrusted = (): boolean => this.#trusted;
    this.runs = new AllRuns(host);
  }

  addFolder(path: string): void {
    this.#folders.push(folderOf(path, this.#folders.length));
    this.#onFolders.fire();
  }

  removeFolder(path: string): void {
    const at = this.#folders.findIndex(({ uri }) => uri.fsPath === path);
    this.#folders.splice(at, 1);
    this.#onFolders.fire();
  }

  grantTrust(): void {
    this.#trusted = true;
    this.#onTrusted.fire();
  }

  /** Starts the plan of a workspace, and hands on its run. */
  async begin(workspace: string): Promise<LiveRun> {
    const key = began(await this.runs.start(fileUri(`${workspace}/tiny.plan.yaml`)));
    return this.follow(key);
  }

  async follow(key: RunKey): Promise<LiveRun> {
    const live = await this.runs.follow(key);
    if (live === null) throw new Error(`there is no run ${key.run}`);
    return live;
  }

  /** Resolves as soon as the runs are so. */
  async until<T>(look: (runs: Runs) => T | null | undefined | false): Promise<T> {
    return when(this.runs.onDidChange, () => look(this.runs));
  }

  /** As an editor closes a window or its extension host. */
  async close(): Promise<void> {
    await this.runs.stop();
    this.runs.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export function began(outcome: Began): RunKey {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.key;
}

type On = (listener: () => void) => { dispose(): unknown };

function when<T>(on: On, look: () => T | null | undefined | false): Promise<T> {
  return new Promise((resolve) => {
    const subscription = on(() => check());
    const check = (): void => {
      const found = look();
      if (found === null || found === undefined || found === false) return;
      subscription.dispose();
      resolve(found);
    };
    check();
  });
}

/** The first such event of a run, as soon as it is there. */
export function saw<T extends RunEvent['type']>(
  live: LiveRun,
  type: T,
  where: (event: EventOf<T>) => boolean = () => true,
): Promise<EventOf<T>> {
  const isIt = (event: RunEvent): event is EventOf<T> =>
    event.type === type && where(event as EventOf<T>);
  return when(live.onDidAppend as On, () => live.events.find(isIt));
}

/** Resolves when this drives the run. */
export async function drivenBy(live: LiveRun, driver: LiveRun['driver']): Promise<void> {
  await when(live.onDidChange, () => live.driver === driver);
}
