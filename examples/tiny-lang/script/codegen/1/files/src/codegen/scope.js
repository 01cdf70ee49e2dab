/** The variables that live in one scope of a running program, each in its slot. */
export class Scope {
  #slots = new Map();
  #parent;

  constructor(names, parent) {
    this.#parent = parent;
    for (const name of names) this.declare(name);
  }

  get size() {
    return this.#slots.size;
  }

  declare(name) {
    if (!this.#slots.has(name)) this.#slots.set(name, this.#slots.size);
    return this.#slots.get(name);
  }

  /** Where a name lives, seen from here; undefined when no scope declares it. */
  find(name) {
    let hops = 0;
    for (let scope = this; scope; scope = scope.#parent) {
      const slot = scope.#slots.get(name);
      if (slot !== undefined) return { hops, slot };
      hops += 1;
    }
    return undefined;
  }
}
