import type { Demand } from './problem.ts';

/**
 * How much of each resource is held, over time: segments between the moments at which anything
 * changes. The last one has no end, and nothing is held in it.
 */
export class Usage {
  readonly #capacities: readonly number[];
  readonly #from: Float64Array;
  /** By segment, then by resource. */
  readonly #held: Int32Array;
  #segments = 1;

  /** For at most `tasks` tasks. */
  constructor(capacities: readonly number[], tasks: number) {
    this.#capacities = capacities;
    this.#from = new Float64Array(2 * tasks + 2);
    this.#held = new Int32Array((2 * tasks + 2) * capacities.length);
  }

  clear(): void {
    this.#segments = 1;
    this.#held.fill(0, 0, this.#capacities.length);
  }

  /** The first moment, not before `earliest`, from which all demands are free for `duration`. */
  firstFit(earliest: number, duration: number, demands: readonly Demand[]): number {
    let at = this.#segmentAt(earliest);
    let start = earliest;
    for (let end = at; ; end++) {
      if (!this.#fits(end, demands)) {
        at = end + 1;
        start = this.#from[at] ?? start;
      } else if (end + 1 >= this.#segments || (this.#from[end + 1] ?? 0) >= start + duration) {
        return start;
      }
    }
  }

  hold(start: number, end: number, demands: readonly Demand[]): void {
    const first = this.#cut(start);
    const last = this.#cut(end);
    const width = this.#capacities.length;
    for (const { resource, amount } of demands) {
      for (let at = first; at < last; at++) {
        const slot = at * width + resource;
        this.#held[slot] = (this.#held[slot] ?? 0) + amount;
      }
    }
  }

  #fits(segment: number, demands: readonly Demand[]): boolean {
    const base = segment * this.#capacities.length;
    for (const { resource, amount } of demands) {
      const held = this.#held[base + resource] ?? 0;
      if (held + amount > (this.#capacities[resource] ?? 0)) return false;
    }
    return true;
  }

  /** The segment that holds a moment. */
  #segmentAt(moment: number): number {
    let [low, high] = [0, this.#segments - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#from[middle] ?? 0) <= moment) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Makes a segment begin at a moment; its number. */
  #cut(moment: number): number {
    const at = this.#segmentAt(moment);
    if (this.#from[at] === moment) return at;
    const width = this.#capacities.length;
    this.#from.copyWithin(at + 2, at + 1, this.#segments);
    this.#held.copyWithin((at + 1) * width, at * width, this.#segments * width);
    this.#from[at + 1] = moment;
    this.#segments += 1;
    return at + 1;
  }
}
