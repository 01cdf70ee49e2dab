import { setImmediate } from 'node:timers/promises';

/** The longest that a batch of small synchronous calls keeps the process from anything else. */
const sliceMs = 8;

/**
 * Small files are read and written by synchronous calls, which cost a tenth of the others; in the
 * editor's extension host the time between two turns of the event loop has to stay short.
 */
export class Slice {
  #start = performance.now();

  /** Waits for one turn of the event loop where this one has lasted long enough. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#start < sliceMs) return;
    await setImmediate();
    this.#start = performance.now();
  }
}
