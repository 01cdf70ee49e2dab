/** The names of one block. A symbol says what is known of a name: `arity` for a function. */
export class Scope {
  #symbols = new Map();
  #parent;

  constructor(parent) {
    this.#parent = parent;
  }

  has(name) {
    return this.#symbols.has(name);
  }

  declare(name, symbol) {
    this.#symbols.set(name, symbol);
  }

  /** What the name means here: its own declaration, or that of a block around. */
  find(name) {
    return this.#symbols.get(name) ?? this.#parent?.find(name);
  }
}

/** The outermost scope, around the program. */
export function builtIns() {
  const scope = new Scope();
  scope.declare('len', { arity: 1 });
  scope.declare('push', { arity: 2 });
  scope.declare('str', { arity: 1 });
  return scope;
}
