/**
 * Lanes of one joint between stones: runs that overlap get lanes of their own, and a lane is used
 * again where the run before it has ended (the left-edge algorithm of channel routing).
 */
export class Lanes<K> {
  readonly #runs = new Map<K, { from: number; to: number }>();
  #assigned: ReadonlyMap<K, number> | null = null;
  #count = 0;

  /** A run needs all of `from … to`; told more than once it is all of them together. */
  add(key: K, from: number, to: number): void {
    const run = this.#runs.get(key);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    this.#runs.set(key, {
      from: Math.min(run?.from ?? low, low),
      to: Math.max(run?.to ?? high, high),
    });
    this.#assigned = null;
  }

  get count(): number {
    this.#assign();
    return this.#count;
  }

  /** 0 for the first lane. */
  laneOf(key: K): number {
    return this.#assign().get(key) ?? 0;
  }

  #assign(): ReadonlyMap<K, number> {
    if (this.#assigned !== null) return this.#assigned;
    const assigned = new Map<K, number>();
    const ends: number[] = [];
    const runs = [...this.#runs].sort(([, a], [, b]) => a.from - b.from || b.to - a.to);
    for (const [key, { from, to }] of runs) {
      let lane = ends.findIndex((end) => end < from);
      if (lane === -1) lane = ends.length;
      ends[lane] = to;
      assigned.set(key, lane);
    }
    this.#assigned = assigned;
    this.#count = ends.length;
    return assigned;
  }
}
