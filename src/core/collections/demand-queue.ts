import { RankSet } from './rank-set.ts';
import { Vector } from './vector.ts';

/**
 * A persistent queue of what is ready, by rank, in which the first that fits is found by looking at
 * one member of each class of demand: however many wait for the same resource, they are passed over
 * together. Adding and taking out cost what they cost in a {@link RankSet}.
 */
export class DemandQueue implements Iterable<number> {
  readonly #classOf: readonly number[];
  readonly #all: RankSet;
  /** By class; null where there is one class, which is the whole queue. */
  readonly #byClass: Vector<RankSet> | null;
  /** The classes that have members. */
  readonly #waiting: RankSet;

  private constructor(
    classOf: readonly number[],
    all: RankSet,
    byClass: Vector<RankSet> | null,
    waiting: RankSet,
  ) {
    this.#classOf = classOf;
    this.#all = all;
    this.#byClass = byClass;
    this.#waiting = waiting;
  }

  /** `classOf`: by rank, the class of each that may ever be in it, out of so many. */
  static empty(classOf: readonly number[], classes: number): DemandQueue {
    const none = RankSet.empty(classOf.length);
    const byClass = classes > 1 ? Vector.from(Array.from({ length: classes }, () => none)) : null;
    return new DemandQueue(classOf, none, byClass, RankSet.empty(classes));
  }

  get size(): number {
    return this.#all.size;
  }

  has(rank: number): boolean {
    return this.#all.has(rank);
  }

  add(rank: number): DemandQueue {
    return this.#all.has(rank) ? this : this.#with(rank, this.#all.add(rank), 'add');
  }

  delete(rank: number): DemandQueue {
    return this.#all.has(rank) ? this.#with(rank, this.#all.delete(rank), 'delete') : this;
  }

  /** The least member; -1 where the queue is empty. */
  first(): number {
    return this.#all.first();
  }

  /** The least member that is not below `from`; -1 where there is none. */
  next(from: number): number {
    return this.#all.next(from);
  }

  /** The least member of a class that fits; -1 where none does. Asks once for each class at most. */
  firstOf(fits: (demandClass: number) => boolean): number {
    const first = this.#all.first();
    if (first === -1 || this.#byClass === null) return first !== -1 && fits(0) ? first : -1;
    const ofFirst = this.#classOf[first] ?? 0;
    if (fits(ofFirst)) return first;
    let least = -1;
    for (const each of this.#waiting) {
      if (each === ofFirst) continue;
      const rank = this.#byClass.get(each).first();
      if ((least === -1 || rank < least) && fits(each)) least = rank;
    }
    return least;
  }

  /** How many are of a class that fits. */
  countOf(fits: (demandClass: number) => boolean): number {
    if (this.#byClass === null) return this.size > 0 && fits(0) ? this.size : 0;
    let count = 0;
    for (const each of this.#waiting) if (fits(each)) count += this.#byClass.get(each).size;
    return count;
  }

  /** The classes that have members. */
  get classes(): Iterable<number> {
    return this.#byClass === null ? (this.size > 0 ? [0] : []) : this.#waiting;
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#all[Symbol.iterator]();
  }

  #with(rank: number, all: RankSet, change: 'add' | 'delete'): DemandQueue {
    if (this.#byClass === null) return new DemandQueue(this.#classOf, all, null, this.#waiting);
    const its = this.#classOf[rank] ?? 0;
    const members = this.#byClass.get(its)[change](rank);
    const waiting = members.size > 0 ? this.#waiting.add(its) : this.#waiting.delete(its);
    return new DemandQueue(this.#classOf, all, this.#byClass.set(its, members), waiting);
  }
}
