import { createHash } from 'node:crypto';
import { mkdir, opendir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId, type RunId, type TreeId } from '../../core/ids.ts';
import { cacheFolder } from './cache-folder.ts';
import { fillFolder } from './fill-folder.ts';
import { measureFolder } from './folder-size.ts';
import { lstatOrNull, removeFolder, requireNoLink } from './remove-folder.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** A folder in which one builder or one check works. Disposing of it removes it. */
export interface WorkFolder extends AsyncDisposable {
  /** Absolute, without a link in it. */
  readonly path: string;
  readonly run: RunId;
  readonly name: string;
  /** How many it was filled with. */
  readonly files: number;
}

/** A work folder on disk, whoever made it. */
export interface WorkFolderUse {
  readonly run: RunId;
  readonly name: string;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * The work folders of one workspace, in the system's cache folder: outside the workspace, so that a
 * builder's tools find neither the user's packages nor a repository there.
 */
export class WorkFolders {
  /** `<cache>/work/<hash of the workspace>`, absolute. */
  readonly root: string;
  readonly #store: Store;

  /** `parent` stands for the system's cache folder. */
  static async open(
    store: Store,
    parent: string = join(cacheFolder(), 'work'),
  ): Promise<WorkFolders> {
    await mkdir(parent, { recursive: true });
    const workspace = await realpath(store.workspace);
    const hash = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    const root = join(await realpath(parent), hash);
    await requireNoLink(join(root, '..'), root);
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new WorkFolders(store, root);
  }

  private constructor(store: Store, root: string) {
    this.#store = store;
    this.root = root;
  }

  /** A fresh folder that holds the tree and nothing else; one of the same name is removed first. */
  async create(run: RunId, name: string, tree: TreeId): Promise<WorkFolder> {
    const path = this.#pathOf(run, name);
    await this.remove(run, name);
    await mkdir(path, { recursive: true });
    const files = await fillFolder(this.#store, path, tree);
    // Whoever still writes there, against what it was told, must not end the run: what stays is
    // removed with all folders of the run.
    const dispose = (): Promise<void> => this.remove(run, name).catch(() => undefined);
    return { path, run, name, files, [Symbol.asyncDispose]: dispose };
  }

  /** Removes a folder; nothing happens where there is none. */
  async remove(run: RunId, name: string): Promise<void> {
    const path = this.#pathOf(run, name);
    await requireNoLink(this.root, join(path, '..'));
    await removeFolder(path);
  }

  async removeAll(run: RunId): Promise<void> {
    await removeFolder(this.#pathOf(run));
  }

  /** Those that have folders here, whichever process left them. */
  async runs(): Promise<RunId[]> {
    return (await listFolders(this.root)).filter(isRunId);
  }

  /** What lies there, whichever process left it, by run and name. */
  async list(): Promise<WorkFolderUse[]> {
    const uses: WorkFolderUse[] = [];
    for (const run of await this.runs()) {
      for (const name of await listFolders(join(this.root, run))) {
        const path = join(this.root, run, name);
        uses.push({ run, name, path, ...(await measureFolder(path)) });
      }
    }
    return uses;
  }

  #pathOf(run: RunId, name?: string): string {
    if (!isRunId(run)) throw new StoreError('bad-name', `not a run: ${JSON.stringify(run)}`);
    if (name === undefined) return join(this.root, run);
    if (!namePattern.test(name)) {
      throw new StoreError('bad-name', `not a work folder's name: ${JSON.stringify(name)}`);
    }
    return join(this.root, run, name);
  }
}

async function listFolders(path: string): Promise<string[]> {
  if ((await lstatOrNull(path))?.isDirectory() !== true) return [];
  const names: string[] = [];
  for await (const entry of await opendir(path)) if (entry.isDirectory()) names.push(entry.name);
  return names.sort();
}
