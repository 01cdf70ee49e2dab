import type { AppendFile, AppendFiles } from '../../src/engine/journal/append-file.ts';

/** A disk in memory that fails when told to, and counts. Two opens of a path share its content. */
export class MemoryFiles implements AppendFiles {
  /** Free space; beyond it a write stops half-way with ENOSPC. */
  freeBytes = Infinity;
  /** Thrown by the next sync. */
  syncError: Error | null = null;
  truncateError: Error | null = null;
  syncs = 0;
  writes = 0;
  linked = true;
  content: Buffer = Buffer.alloc(0);
  /** What a power failure would leave. */
  durable: Buffer = Buffer.alloc(0);
  /** Where set, syncs wait for it. */
  gate: Promise<void> | null = null;

  async open(): Promise<AppendFile> {
    return {
      state: () => ({ bytes: this.content.length, linked: this.linked }),
      append: async (bytes) => this.#append(bytes),
      sync: () => this.#sync(),
      truncate: async (bytes) => this.#truncate(bytes),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  #append(bytes: Uint8Array): void {
    this.writes += 1;
    const fits = bytes.subarray(0, Math.min(bytes.length, this.freeBytes));
    this.content = Buffer.concat([this.content, fits]);
    this.freeBytes -= fits.length;
    if (fits.length < bytes.length) throw failure('ENOSPC');
  }

  async #sync(): Promise<void> {
    await this.gate;
    const error = this.syncError;
    this.syncError = null;
    if (error !== null) throw error;
    this.syncs += 1;
    this.durable = this.content;
  }

  #truncate(bytes: number): void {
    if (this.truncateError !== null) throw this.truncateError;
    this.freeBytes += this.content.length - bytes;
    this.content = this.content.subarray(0, bytes);
  }
}

export function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
