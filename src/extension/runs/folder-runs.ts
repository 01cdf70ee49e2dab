import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { WorkspaceFolder } from 'vscode';
import { isRunId, type RunId } from '../../core/ids.ts';
import { Coalesced } from './coalesced.ts';
import { runsFolder } from './run-place.ts';
import { watchFolder, type Watching } from './watch-folder.ts';

const pollMs = 5_000;

/** Looks which runs lie in one folder of the workspace, now and whenever that may have changed. */
export class FolderRuns implements Watching {
  readonly folder: WorkspaceFolder;
  readonly #onRuns: (runs: readonly RunId[]) => Promise<void>;
  readonly #looking = new Coalesced(() => this.#look());
  #watched: string | null = null;
  #watch: Watching | null = null;
  #ended = false;

  /** `onRuns` is told all of them after every look, oldest first; it must not reject. */
  constructor(folder: WorkspaceFolder, onRuns: (runs: readonly RunId[]) => Promise<void>) {
    this.folder = folder;
    this.#onRuns = onRuns;
  }

  /** Resolves when a look that began no earlier is done, and what it found was taken. */
  look(): Promise<void> {
    return this.#looking.run();
  }

  dispose(): void {
    this.#ended = true;
    this.#watch?.dispose();
  }

  async #look(): Promise<void> {
    if (this.#ended) return;
    const runs = runsFolder(this.folder.uri.fsPath);
    const parent = dirname(runs);
    // Runs first; where there are none yet, whatever their folder will appear in.
    const found = await names(runs);
    const watched =
      found !== null ? runs : (await names(parent)) !== null ? parent : dirname(parent);
    this.#watchAt(watched, runs);
    // What appeared between reading and watching is seen by one more look.
    const now = found === null ? found : await names(runs);
    if (!this.#isEnded()) await this.#onRuns((now ?? []).filter((name) => isRunId(name)).sort());
  }

  #isEnded(): boolean {
    return this.#ended;
  }

  #watchAt(path: string, runs: string): void {
    if (this.#watched === path || this.#ended) return;
    this.#watch?.dispose();
    this.#watched = path;
    const parts = new Set([basename(runs), basename(dirname(runs))]);
    const concerns = (name: string): boolean => path === runs || parts.has(name);
    this.#watch = watchFolder(path, { pollMs, concerns }, () => void this.look());
    if (path !== runs) void this.look();
  }
}

/** null where there is no such folder, or none that can be read. */
const names = (path: string): Promise<string[] | null> => readdir(path).catch(() => null);
