/** Integers by a key of theirs, the least first; of equal keys the lesser integer. */
export class IntHeap {
  size = 0;
  readonly #items: Int32Array;
  readonly #keys: Float64Array;

  /** `keys` is read when an item goes in or moves: it must stand while the item is in the heap. */
  constructor(capacity: number, keys: Float64Array) {
    this.#items = new Int32Array(capacity);
    this.#keys = keys;
  }

  /** The first item; -1 where there is none. */
  first(): number {
    return this.size === 0 ? -1 : (this.#items[0] ?? -1);
  }

  add(item: number): void {
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#items[above] ?? 0;
      if (!this.#isBefore(item, other)) break;
      this.#items[at] = other;
      at = above;
    }
    this.#items[at] = item;
  }

  /** Takes the first item out; -1 where there is none. */
  take(): number {
    if (this.size === 0) return -1;
    const taken = this.#items[0] ?? -1;
    const last = this.#items[--this.size] ?? 0;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.size) break;
      const right = below + 1;
      if (right < this.size && this.#isBefore(this.#items[right] ?? 0, this.#items[below] ?? 0)) {
        below = right;
      }
      const other = this.#items[below] ?? 0;
      if (!this.#isBefore(other, last)) break;
      this.#items[at] = other;
      at = below;
    }
    this.#items[at] = last;
    return taken;
  }

  clear(): void {
    this.size = 0;
  }

  #isBefore(a: number, b: number): boolean {
    const [keyA, keyB] = [this.#keys[a] ?? 0, this.#keys[b] ?? 0];
    return keyA < keyB || (keyA === keyB && a < b);
  }
}
