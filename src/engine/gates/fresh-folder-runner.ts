import type { RunId } from '../../core/ids.ts';
import type { WorkFolders } from '../store/work-folder.ts';
import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';

/**
 * Gives every check a folder of its own, filled with the tree it judges and removed afterwards. It
 * stands behind the cache, so that a result that is known costs no folder.
 */
export class FreshFolderRunner implements CheckRunner {
  readonly #inner: CheckRunner;
  readonly #folders: WorkFolders;
  readonly #run: RunId;
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
    await using folder = await this.#folders.create(this.#run, name, request.judged.tree);
    return await this.#inner.run({ ...request, folder: folder.path }, signal);
  }
}
