import { errorCode } from './durable.ts';

/** Runs a task when nudged, never twice at once; nudges during a run lead to one more run. */
export class RepeatedTask {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Runs it some time soon. What the system refuses now, the next nudge tries again. */
  nudge(): void {
    this.run().catch((error: unknown) => {
      if (errorCode(error) === null) throw error;
    });
  }

  /** Returns after a whole run that began no earlier than this call. */
  run(): Promise<void> {
    this.#next ??= this.#runNext();
    return this.#next;
  }

  /** Returns when nothing runs. */
  async settled(): Promise<void> {
    while (this.#running !== null || this.#next !== null) await (this.#next ?? this.#running);
  }

  async #runNext(): Promise<void> {
    // What ran before answers for its own failure.
    await this.#running?.catch(() => undefined);
    this.#running = this.#start();
    await this.#running;
  }

  async #start(): Promise<void> {
    await Promise.resolve();
    this.#next = null;
    try {
      await this.#task();
    } finally {
      this.#running = null;
    }
  }
}
