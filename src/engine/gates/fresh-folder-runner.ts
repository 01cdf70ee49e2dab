import type { RunId } from '../../core/ids.ts';
import type { WorkFolder, WorkFolders } from '../store/work-folder.ts';
import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';

/** Files of checks that have ended, in folders that are not removed yet. */
const maxRetiredFiles = 20_000;

/**
 * Gives every check a folder of its own, filled with the tree it judges. It stands behind the
 * cache, so that a result that is known costs no folder.
 *
 * Folders of checks that have ended stay until there are many, or the run's folders are removed:
 * on ext4 files that are made just after others were deleted cost several times as much, because
 * the search for a free inode passes over those that were in use a moment ago.
 */
export class FreshFolderRunner implements CheckRunner {
  readonly #inner: CheckRunner;
  readonly #folders: WorkFolders;
  readonly #run: RunId;
  readonly #retired: WorkFolder[] = [];
  #retiredFiles = 0;
  #count = 0;

  constructor(inner: CheckRunner, folders: WorkFolders, run: RunId) {
    this.#inner = inner;
    this.#folders = folders;
    this.#run = run;
  }

  async run(request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    if (request.judged === null) throw new Error(`nothing to fill a folder with`);
    this.#count += 1;
    const name = `check-${this.#count}-${request.check.name}`;
    const folder = await this.#folders.create(this.#run, name, request.judged.tree);
    try {
      return await this.#inner.run({ ...request, folder: folder.path }, signal);
    } finally {
      await this.#retire(folder);
    }
  }

  async #retire(folder: WorkFolder): Promise<void> {
    this.#retired.push(folder);
    this.#retiredFiles += folder.files;
    while (this.#retiredFiles > maxRetiredFiles) {
      const oldest = this.#retired.shift();
      if (oldest === undefined) return;
      this.#retiredFiles -= oldest.files;
      await oldest[Symbol.asyncDispose]();
    }
  }
}
