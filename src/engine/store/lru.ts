/** Keeps what was used last, up to a total weight; the rest is forgotten. */
export class Lru<Value> {
  readonly #maxWeight: number;
  readonly #held = new Map<string, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  get(key: string): Value | undefined {
    const found = this.#held.get(key);
    if (found === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, found);
    return found.value;
  }

  /** The newest value stays even where it alone weighs too much. */
  set(key: string, value: Value, weight: number): void {
    this.#weight += weight - (this.#held.get(key)?.weight ?? 0);
    this.#held.delete(key);
    this.#held.set(key, { value, weight });
    for (const [oldest, held] of this.#held) {
      if (this.#weight <= this.#maxWeight || oldest === key) break;
      this.#held.delete(oldest);
      this.#weight -= held.weight;
    }
  }
}
