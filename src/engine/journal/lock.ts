import {
  closeSync,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import type { Clock } from '../clock.ts';
import { handoverAsked, removeHandoverRequest, type Asker } from './handover.ts';
import type { Fence } from './journal.ts';
import { lastLockPath, lockPath, type Holder } from './lock-file.ts';

const heartbeatMs = 2_000;

/** The right to drive a run. Its file's time is the heartbeat, so that a beat can harm no successor. */
export class Lock implements Fence, AsyncDisposable {
  readonly holder: Holder;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #handlers = new Set<(asker: Asker) => void>();
  /** Kept open, so that its inode stays ours and no later file can be taken for it. */
  readonly #descriptor: number;
  readonly #inode: bigint;
  #beat: Disposable | null = null;
  #released = false;

  private constructor(folder: string, own: Holder, clock: Clock, descriptor: number) {
    this.holder = own;
    this.#folder = folder;
    this.#clock = clock;
    this.#descriptor = descriptor;
    this.#inode = fstatSync(descriptor, { bigint: true }).ino;
    this.#heartbeat();
  }

  /** The lock that this process has just written; null where another has replaced it since. */
  static take(folder: string, own: Holder, clock: Clock): Lock | null {
    const descriptor = openSync(lockPath(folder), 'r+');
    if (readFileSync(descriptor, 'utf8') === JSON.stringify(own)) {
      return new Lock(folder, own, clock, descriptor);
    }
    closeSync(descriptor);
    return null;
  }

  get epoch(): number {
    return this.holder.epoch;
  }

  /** Cheap enough to be asked before every write. */
  stillOurs(): boolean {
    if (this.#released) return false;
    try {
      const path = lockPath(this.#folder);
      if (statSync(path, { bigint: true }).ino === this.#inode) return true;
      // Some network file systems give a file another number now and then.
      return readFileSync(path, 'utf8') === JSON.stringify(this.holder);
    } catch {
      return false;
    }
  }

  /** Called once for each process that asks, within two seconds. */
  onHandoverRequested(handler: (asker: Asker) => void): Disposable {
    this.#handlers.add(handler);
    return { [Symbol.dispose]: () => this.#handlers.delete(handler) };
  }

  async release(): Promise<void> {
    if (this.#released) return;
    const ours = this.stillOurs();
    this.#released = true;
    this.#beat?.[Symbol.dispose]();
    closeSync(this.#descriptor);
    if (!ours) return;
    renameSync(lockPath(this.#folder), lastLockPath(this.#folder));
    await removeHandoverRequest(this.#folder);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  #heartbeat(): void {
    this.#beat = this.#clock.after(heartbeatMs, () => this.#heartbeat(), { background: true });
    const asker = this.#touch();
    if (asker !== null) for (const handler of this.#handlers) handler(asker);
  }

  #touch(): Asker | null {
    try {
      const now = this.#clock.now() / 1_000;
      futimesSync(this.#descriptor, now, now);
      return handoverAsked(this.#folder, this.holder.nonce);
    } catch {
      return null; // a disk that fails shows at the next write; a missed beat alone ends nothing
    }
  }
}
