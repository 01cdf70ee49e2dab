/** A store that is busy is free again by then; one that is broken costs little. */
const usualRestMs = 5_000;

/**
 * Tries again what could not be read, when the run goes on: not at each of its events, of which there may be
 * many a second, but once some seconds are over.
 */
export class LaterTry {
  readonly #work: () => void;
  readonly #restMs: number;
  #timer: NodeJS.Timeout | null = null;
  #isWanted = false;

  constructor(work: () => void, restMs = usualRestMs) {
    this.#work = work;
    this.#restMs = restMs;
  }

  /** Something could not be read. */
  failed(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#isWanted) return;
      this.#isWanted = false;
      this.#work();
    }, this.#restMs);
    this.#timer.unref();
  }

  /** Whether it may be tried now. */
  get isDue(): boolean {
    return this.#timer === null;
  }

  /** The run went on before it was due: it is tried once it is. */
  want(): void {
    this.#isWanted = true;
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isWanted = false;
  }
}
