import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { Limiter } from './limiter.ts';
import { objectId, type ObjectFormat, type ObjectType } from './object-id.ts';
import { isSystemError } from './store-error.ts';

const compress = promisify(deflate);
/** Ids known to be stored; forgotten all at once, since asking again is cheap. */
const maxKnown = 200_000;
/** Files open at once. */
const maxOpen = 32;

/**
 * Writes loose objects from this process, as git lays them: a temporary file, synced, then renamed.
 * A submission and its trees are a handful of objects, and a process for each batch would cost more
 * than the writing; besides, what was read from a hostile folder is never opened a second time.
 * `git fsck` holds the result against git's own rules in the tests.
 */
export class ObjectWriter {
  readonly #objects: string;
  readonly #format: ObjectFormat;
  readonly #known = new Set<string>();
  readonly #limiter = new Limiter(maxOpen);

  constructor(gitDir: string, format: ObjectFormat) {
    this.#objects = join(gitDir, 'objects');
    this.#format = format;
  }

  /** Stores an object durably, if it is not there yet, and gives its id. */
  async write(type: ObjectType, content: Uint8Array): Promise<string> {
    const oid = objectId(this.#format, type, content);
    if (this.#known.has(oid)) return oid;
    const folder = join(this.#objects, oid.slice(0, 2));
    const file = join(folder, oid.slice(2));
    await this.#limiter.run(async () => {
      if (!(await exists(file))) await this.#lay(folder, file, type, content);
    });
    this.know(oid);
    return oid;
  }

  /** Remembers that an object is stored, so that it is not written again. */
  know(oid: string): void {
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.add(oid);
  }

  async #lay(folder: string, file: string, type: ObjectType, content: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true });
    const header = Buffer.from(`${type} ${content.length}\0`);
    const bytes = await compress(Buffer.concat([header, content]), { level: 1 });
    const temporary = join(folder, `tmp_obj_${randomBytes(9).toString('hex')}`);
    const handle = await open(temporary, 'wx', 0o444);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(temporary, file);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await unlink(temporary).catch(() => undefined);
      // Windows refuses to rename over a file that another writer has just laid.
      if (!(await exists(file))) throw error;
    }
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}
