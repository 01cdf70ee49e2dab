/** Lets one go after the other, first come, first served. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is this one's turn, which ends when what it answers is disposed of. Rejects with `signal`'s reason. */
  async turn(signal: AbortSignal): Promise<Disposable> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise<void>((resolve) => {
      end = resolve;
    });
    await before;
    if (signal.aborted) {
      end();
      signal.throwIfAborted();
    }
    return { [Symbol.dispose]: end };
  }
}
