const bits = 5;
const width = 1 << bits;
const mask = width - 1;

type Branch<T> = readonly (Branch<T> | T)[];

/**
 * A persistent array: `set` and `append` share all but a path of 32-wide branches, so an update of
 * 10,000 items copies three small arrays and leaves the old version as it was.
 */
export class Vector<T> implements Iterable<T> {
  readonly length: number;
  readonly #shift: number;
  readonly #root: Branch<T>;

  private constructor(length: number, shift: number, root: Branch<T>) {
    this.length = length;
    this.#shift = shift;
    this.#root = root;
  }

  static from<T>(items: readonly T[]): Vector<T> {
    let level: Branch<T> = items.slice();
    let shift = 0;
    while (level.length > width) {
      const parents: Branch<T>[] = [];
      for (let i = 0; i < level.length; i += width) parents.push(level.slice(i, i + width));
      level = parents;
      shift += bits;
    }
    return new Vector(items.length, shift, level);
  }

  get(index: number): T {
    if (index < 0 || index >= this.length) throw new RangeError(`no item ${index}`);
    let node: Branch<T> = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= bits) {
      node = node[(index >>> shift) & mask] as Branch<T>;
    }
    return node[index & mask] as T;
  }

  /** This vector itself where the item is already there. */
  set(index: number, item: T): Vector<T> {
    if (this.get(index) === item) return this;
    return new Vector(this.length, this.#shift, replace(this.#root, this.#shift, index, item));
  }

  /** One longer; the old version stays as it was. */
  append(item: T): Vector<T> {
    const full = this.length === width << this.#shift;
    const shift = full ? this.#shift + bits : this.#shift;
    const root = full ? [this.#root] : this.#root;
    return new Vector(this.length + 1, shift, replace(root, shift, this.length, item));
  }

  [Symbol.iterator](): Iterator<T> {
    return this.toArray()[Symbol.iterator]();
  }

  toArray(): T[] {
    const items: T[] = [];
    collect(this.#root, this.#shift, items);
    return items;
  }

  /** Tells the index of each item that is another one than in `before`, rising; what both share is not looked at. */
  changedSince(before: Vector<T>, tell: (index: number) => void): void {
    if (before.#shift === this.#shift) compare(this.#root, before.#root, this.#shift, 0, tell);
    else for (let i = 0; i < this.length; i++) tell(i);
  }
}

function replace<T>(node: Branch<T> | undefined, shift: number, index: number, item: T): Branch<T> {
  const copy = node?.slice() ?? [];
  const slot = (index >>> shift) & mask;
  copy[slot] =
    shift === 0 ? item : replace(node?.[slot] as Branch<T> | undefined, shift - bits, index, item);
  return copy;
}

function collect<T>(node: Branch<T>, shift: number, items: T[]): void {
  if (shift === 0) for (const item of node) items.push(item as T);
  else for (const branch of node) collect(branch as Branch<T>, shift - bits, items);
}

function compare<T>(
  now: Branch<T>,
  before: Branch<T>,
  shift: number,
  from: number,
  tell: (index: number) => void,
): void {
  if (now === before) return;
  for (let slot = 0; slot < now.length; slot++) {
    const [item, last] = [now[slot], before[slot]];
    if (item === last && slot < before.length) continue;
    const index = from + (slot << shift);
    if (shift === 0) tell(index);
    else compare(item as Branch<T>, (last ?? []) as Branch<T>, shift - bits, index, tell);
  }
}
