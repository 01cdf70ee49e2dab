import { lstat, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EntryMode } from './tree-entry.ts';
import { isSystemError } from './store-error.ts';

export interface UserFile {
  readonly mode: EntryMode;
  readonly content: Buffer;
}

/** Reads files and links below a folder without ever going through a link. */
export class UserFiles {
  readonly #root: string;
  readonly #folders = new Map<string, Promise<boolean>>([['.', Promise.resolve(true)]]);

  constructor(root: string) {
    this.#root = root;
  }

  /** Null where nothing of the kind is there, or only behind a link. System errors pass through. */
  async read(path: string): Promise<UserFile | null> {
    if (!(await this.#isFolder(dirname(path)))) return null;
    const absolute = join(this.#root, path);
    const stats = await lstatOrNull(absolute);
    if (stats === null) return null;
    if (stats.isSymbolicLink()) {
      return { mode: '120000', content: await readlink(absolute, 'buffer') };
    }
    if (!stats.isFile()) return null;
    const mode = (stats.mode & 0o100) === 0 ? '100644' : '100755';
    return { mode, content: await readFile(absolute) };
  }

  #isFolder(path: string): Promise<boolean> {
    let known = this.#folders.get(path);
    if (known === undefined) {
      known = this.#isFolder(dirname(path)).then(async (above) => {
        return above && (await lstatOrNull(join(this.#root, path)))?.isDirectory() === true;
      });
      this.#folders.set(path, known);
    }
    return known;
  }
}

async function lstatOrNull(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}
