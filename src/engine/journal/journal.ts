import type { AppendFile } from './append-file.ts';
import { encodeDecision, type Decision, type JournalEvent, type JournalPosition } from './codec.ts';
import { errorCode } from './durable.ts';

/** What says whether this process may still write; the driver's lock. */
export interface Fence {
  stillOurs(): boolean;
}

export type FlushResult = { readonly ok: true; readonly head: JournalPosition } | JournalFailure;

/** Nothing of what was enqueued since the last good flush is on disk, or will count. */
export interface JournalFailure {
  readonly ok: false;
  /**
   * `fenced`: another process drives the run, so this one must stop. `journal-gone`: the file was
   * removed. `no-space`: a later flush tries again.
   */
  readonly code: 'fenced' | 'journal-gone' | 'no-space' | 'write-failed';
  readonly retryable: boolean;
  readonly message: string;
  readonly cause: unknown;
}

/**
 * The driver's end of a run's journal. Decisions are enqueued as fast as they are made; a flush
 * makes all of them durable with one sync. Nothing may act on a decision before its flush.
 */
export class Journal<E extends JournalEvent> implements AsyncDisposable {
  readonly #file: AppendFile;
  readonly #fence: Fence;
  #pending: Buffer[] = [];
  #head: JournalPosition;
  #durable: JournalPosition;
  #stopped: JournalFailure | null = null;
  /** The write that is under way, and the one that begins when it ends. */
  #writing: Promise<FlushResult> | null = null;
  #next: Promise<FlushResult> | null = null;
  #syncs = 0;
  #bytes = 0;

  /** `head` is where the file ends now. */
  constructor(file: AppendFile, fence: Fence, head: JournalPosition) {
    this.#file = file;
    this.#fence = fence;
    this.#head = head;
    this.#durable = head;
  }

  /** Where the next decision goes; ahead of {@link durable} by what is enqueued. */
  get head(): JournalPosition {
    return this.#head;
  }

  /** What survives a crash at this moment. */
  get durable(): JournalPosition {
    return this.#durable;
  }

  /** Syncs so far; fewer than decisions where they came close together. */
  get syncs(): number {
    return this.#syncs;
  }

  /** Bytes made durable so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Puts a decision behind those before it. Throws where its events do not continue them. */
  enqueue(decision: Decision<E>): void {
    const { bytes, head } = encodeDecision(decision, this.#head);
    this.#pending.push(bytes);
    this.#head = head;
  }

  /** Makes all that is enqueued durable. Callers that come while one is under way share the next. */
  flush(): Promise<FlushResult> {
    if (this.#stopped !== null) return Promise.resolve(this.#stopped);
    if (this.#next !== null) return this.#next;
    if (this.#pending.length === 0) {
      return this.#writing ?? Promise.resolve({ ok: true, head: this.#durable });
    }
    this.#next = this.#writeNext();
    return this.#next;
  }

  async append(...decisions: readonly Decision<E>[]): Promise<FlushResult> {
    for (const decision of decisions) this.enqueue(decision);
    return this.flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    await this.#file[Symbol.asyncDispose]();
  }

  async #writeNext(): Promise<FlushResult> {
    await this.#writing;
    this.#next = null;
    this.#writing = this.#stopped === null ? this.#write() : Promise.resolve(this.#stopped);
    const result = await this.#writing;
    // Whoever came meanwhile waits in #next and begins only after this.
    this.#writing = null;
    return result;
  }

  async #write(): Promise<FlushResult> {
    const bytes = Buffer.concat(this.#pending);
    const head = this.#head;
    this.#pending = [];
    try {
      const refusal = this.#refusal();
      if (refusal !== null) return this.#stop(refusal.code, refusal.message);
      await this.#file.append(bytes);
      await this.#file.sync();
    } catch (error) {
      return this.#undo(bytes, error);
    }
    this.#syncs += 1;
    this.#bytes += bytes.length;
    this.#durable = head;
    return { ok: true, head };
  }

  #refusal(): Pick<JournalFailure, 'code' | 'message'> | null {
    if (!this.#fence.stillOurs()) {
      return { code: 'fenced', message: 'Another process has taken this run over.' };
    }
    const { bytes, linked } = this.#file.state();
    if (!linked) return { code: 'journal-gone', message: 'The journal of this run was removed.' };
    if (bytes !== this.#durable.end) {
      return { code: 'fenced', message: 'Another process has written to the journal of this run.' };
    }
    return null;
  }

  /** Takes back what a failed write left, so that what follows begins where a reader ends. */
  async #undo(bytes: Buffer, error: unknown): Promise<JournalFailure> {
    const code = errorCode(error);
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    try {
      await this.#file.truncate(this.#durable.end);
    } catch (truncateError) {
      const both = new AggregateError([error, truncateError]);
      return this.#stop('write-failed', 'The journal cannot be written, nor put right.', both);
    }
    if (!full) return this.#stop('write-failed', 'The journal cannot be written.', error);
    this.#pending.unshift(bytes);
    const message = 'No space is left for the journal. Free some; nothing is lost.';
    return { ok: false, code: 'no-space', retryable: true, message, cause: error };
  }

  #stop(code: JournalFailure['code'], message: string, cause: unknown = null): JournalFailure {
    this.#stopped = { ok: false, code, retryable: false, message, cause };
    return this.#stopped;
  }
}
