/** Runs a task when asked, never twice at once; whoever asks meanwhile shares one more run. */
export class Coalesced {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** The task answers for its own failures: it must not reject. */
  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Resolves after a whole run that began no earlier than this call. */
  run(): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#task().finally(() => (this.#running = null));
      return this.#running;
    }
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.run();
    });
    return this.#next;
  }
}
