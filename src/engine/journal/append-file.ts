import { constants, fstatSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { noFollow } from './durable.ts';

/** A file that only grows. The seam between the journal and the disk; tests put a failing disk here. */
export interface AppendFile extends AsyncDisposable {
  /** As it is on disk now; `linked` is false once its name is gone. */
  state(): { readonly bytes: number; readonly linked: boolean };
  /** Writes all or throws; after a throw a part may have been written. */
  append(bytes: Uint8Array): Promise<void>;
  /** Returns when what was appended survives a power failure. */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
}

export interface AppendFiles {
  /** `create` throws `EEXIST` where there is one; `open` throws `ENOENT` where there is none. */
  open(path: string, how: 'create' | 'open'): Promise<AppendFile>;
}

export const diskFiles: AppendFiles = {
  open: async (path, how) => {
    // Appending by the system keeps two writers from overwriting each other, should both be let in.
    const create = how === 'create' ? constants.O_CREAT | constants.O_EXCL : 0;
    const handle = await open(path, constants.O_WRONLY | constants.O_APPEND | noFollow | create);
    return new DiskFile(handle);
  },
};

class DiskFile implements AppendFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Synchronous, so that nothing comes between this and the write that it allows. */
  state(): { readonly bytes: number; readonly linked: boolean } {
    const { size, nlink } = fstatSync(this.#handle.fd);
    return { bytes: size, linked: nlink > 0 };
  }

  /** Into memory of the system only, which takes less than asking another thread to do it. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#handle.fd, bytes, done);
  }

  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async truncate(bytes: number): Promise<void> {
    await this.#handle.truncate(bytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}
