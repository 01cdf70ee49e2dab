const bits = 5;
const width = 1 << bits;
const mask = width - 1;

/** A leaf is a bitmap of 32 ranks; a branch has a bitmap of its children that are not empty. */
type Node = number | { readonly bits: number; readonly children: readonly Node[] };

/**
 * A persistent set of small non-negative integers that knows its least member: the queue of what
 * is ready, by rank. Every operation costs the depth of a 32-wide trie.
 */
export class RankSet implements Iterable<number> {
  readonly size: number;
  readonly #shift: number;
  readonly #root: Node;

  private constructor(size: number, shift: number, root: Node) {
    this.size = size;
    this.#shift = shift;
    this.#root = root;
  }

  /** An empty set for ranks below `capacity`. */
  static empty(capacity: number): RankSet {
    let shift = 0;
    while (capacity > width << shift) shift += bits;
    return new RankSet(0, shift, shift === 0 ? 0 : { bits: 0, children: [] });
  }

  has(rank: number): boolean {
    let node = this.#root;
    for (let shift = this.#shift; typeof node !== 'number'; shift -= bits) {
      const slot = (rank >>> shift) & mask;
      if ((node.bits & (1 << slot)) === 0) return false;
      node = node.children[slot] ?? 0;
    }
    return (node & (1 << (rank & mask))) !== 0;
  }

  add(rank: number): RankSet {
    if (rank < 0 || rank >= width << this.#shift) throw new RangeError(`no rank ${rank}`);
    if (this.has(rank)) return this;
    return new RankSet(this.size + 1, this.#shift, insert(this.#root, this.#shift, rank));
  }

  delete(rank: number): RankSet {
    if (!this.has(rank)) return this;
    return new RankSet(this.size - 1, this.#shift, remove(this.#root, this.#shift, rank));
  }

  /** The least member; -1 where the set is empty. */
  first(): number {
    return this.size === 0 ? -1 : this.next(0);
  }

  /** The least member that is not below `from`; -1 where there is none. */
  next(from: number): number {
    if (from >= width << this.#shift) return -1;
    return seek(this.#root, this.#shift, from);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let rank = this.first(); rank !== -1; rank = this.next(rank + 1)) yield rank;
  }
}

function insert(node: Node | undefined, shift: number, rank: number): Node {
  const slot = (rank >>> shift) & mask;
  if (shift === 0) return ((node ?? 0) as number) | (1 << slot);
  const branch = node as Exclude<Node, number> | undefined;
  const present = branch !== undefined && (branch.bits & (1 << slot)) !== 0;
  const children = branch === undefined ? [] : branch.children.slice();
  while (children.length <= slot) children.push(0);
  children[slot] = insert(present ? children[slot] : undefined, shift - bits, rank);
  return { bits: (branch?.bits ?? 0) | (1 << slot), children };
}

function remove(node: Node, shift: number, rank: number): Node {
  const slot = (rank >>> shift) & mask;
  if (typeof node === 'number') return node & ~(1 << slot);
  const children = node.children.slice();
  const child = remove(node.children[slot] ?? 0, shift - bits, rank);
  children[slot] = child;
  const empty = typeof child === 'number' ? child === 0 : child.bits === 0;
  return { bits: empty ? node.bits & ~(1 << slot) : node.bits, children };
}

function seek(node: Node, shift: number, from: number): number {
  const start = (from >>> shift) & mask;
  const bitmap = typeof node === 'number' ? node : node.bits;
  for (let ahead = bitmap & (-1 << start); ahead !== 0; ahead &= ahead - 1) {
    const slot = 31 - Math.clz32(ahead & -ahead);
    if (typeof node === 'number') return slot;
    const floor = slot === start ? from & ((1 << shift) - 1) : 0;
    const found = seek(node.children[slot] ?? 0, shift - bits, floor);
    if (found !== -1) return (slot << shift) + found;
  }
  return -1;
}
