/**
 * A persistent map of a few entries, in the order in which they were set. Looks at all of them, and
 * copies them on every change: below a hundred that is far cheaper than copying a hash table.
 */
export class SmallMap<K, V> implements Iterable<readonly [K, V]> {
  readonly #entries: readonly (readonly [K, V])[];

  private constructor(entries: readonly (readonly [K, V])[]) {
    this.#entries = entries;
  }

  /** Keys must differ. */
  static from<K, V>(entries: Iterable<readonly [K, V]>): SmallMap<K, V> {
    return new SmallMap([...entries]);
  }

  get size(): number {
    return this.#entries.length;
  }

  has(key: K): boolean {
    return this.#indexOf(key) !== -1;
  }

  get(key: K): V | undefined {
    return this.#entries[this.#indexOf(key)]?.[1];
  }

  set(key: K, value: V): SmallMap<K, V> {
    const index = this.#indexOf(key);
    if (index === -1) return new SmallMap([...this.#entries, [key, value]]);
    return new SmallMap(this.#entries.with(index, [key, value]));
  }

  delete(key: K): SmallMap<K, V> {
    const index = this.#indexOf(key);
    return index === -1 ? this : new SmallMap(this.#entries.toSpliced(index, 1));
  }

  [Symbol.iterator](): Iterator<readonly [K, V]> {
    return this.#entries[Symbol.iterator]();
  }

  #indexOf(key: K): number {
    for (let i = 0; i < this.#entries.length; i++) if (this.#entries[i]?.[0] === key) return i;
    return -1;
  }
}
