/**
 * A persistent list that only grows. Versions share one array as long as each is made from the
 * newest, so that appending to 100,000 items costs no more than to one; only where an older version
 * is gone on with, as a view of an earlier moment does, its items are copied once.
 */
export class Log<T> implements Iterable<T> {
  readonly length: number;
  /** Holds more than this version's items where a later version was made. */
  readonly #shared: T[];
  #items: readonly T[] | null = null;

  private constructor(shared: T[], length: number) {
    this.#shared = shared;
    this.length = length;
  }

  static empty<T>(): Log<T> {
    return new Log<T>([], 0);
  }

  append(item: T): Log<T> {
    const newest = this.#shared.length === this.length;
    const shared = newest ? this.#shared : this.#shared.slice(0, this.length);
    shared.push(item);
    return new Log(shared, this.length + 1);
  }

  /** The same array every time; made when it is first asked for. */
  toArray(): readonly T[] {
    return (this.#items ??= this.#shared.slice(0, this.length));
  }

  [Symbol.iterator](): Iterator<T> {
    return this.toArray()[Symbol.iterator]();
  }
}
