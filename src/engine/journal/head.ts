import type { Clock } from '../clock.ts';
import type { JournalHead } from './codec.ts';

/**
 * Keeps a journal's head in another place than the journal; the store does it in a ref.
 *
 * A journal held against it shows that lines were cut off, or that history up to the anchored
 * event was rewritten. It shows neither what happened after that event (up to a second of a run),
 * nor anything where somebody rewrote the journal and the anchor, or removed the anchor: it proves
 * accidents and edits, not the good will of whoever owns the disk.
 */
export interface HeadAnchor {
  /** Null before the first write. */
  read(): Promise<JournalHead | null>;
  write(head: JournalHead): Promise<void>;
}

const intervalMs = 1_000;

/**
 * Anchors at most once a second, and when it is closed. An anchor may lag behind its journal,
 * never run ahead of it: offer only heads that are durable.
 */
export class CoalescedAnchor implements AsyncDisposable {
  readonly #anchor: HeadAnchor;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  #latest: JournalHead | null = null;
  #timer: Disposable | null = null;
  /** Writes follow one another, so that an older head never replaces a newer one. */
  #writing: Promise<void> = Promise.resolve();

  /** A failed write is reported and made good by the next: the journal does not wait for it. */
  constructor(anchor: HeadAnchor, clock: Clock, onFailure: (error: unknown) => void) {
    this.#anchor = anchor;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  offer({ seq, digest }: JournalHead): void {
    this.#latest = { seq, digest };
    this.#timer ??= this.#clock.after(
      intervalMs,
      () => {
        this.#timer = null;
        void this.flush();
      },
      { background: true },
    );
  }

  /** Anchors the newest head that was offered. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    await this.flush();
  }

  async #write(): Promise<void> {
    const head = this.#latest;
    if (head === null) return;
    this.#latest = null;
    try {
      await this.#anchor.write(head);
    } catch (error) {
      this.#latest ??= head;
      this.#onFailure(error);
    }
  }
}
