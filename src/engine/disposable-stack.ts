/**
 * Resources that are closed together, last opened first, unless they are handed on: what opens
 * several in a row leaves none open where a later one fails.
 */
export class AsyncDisposableStack implements AsyncDisposable {
  #resources: AsyncDisposable[] = [];

  use<T extends AsyncDisposable>(resource: T): T {
    this.#resources.push(resource);
    return resource;
  }

  /** From here on somebody else closes them. */
  move(): void {
    this.#resources = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const resource of this.#resources.reverse()) await resource[Symbol.asyncDispose]();
  }
}
