/** What values are: numbers, strings, booleans and null (`nil`) as they are, arrays, and functions. */

/** A function of the program: what it does, and the scope it was made in. */
export class Closure {
  constructor(definition, scope) {
    this.definition = definition;
    this.scope = scope;
  }

  get name() {
    return this.definition.name;
  }
}

/** A function of the machine; `apply` takes as many values as it has parameters. */
export class BuiltIn {
  constructor(name, apply) {
    this.name = name;
    this.apply = apply;
  }
}

export function kindOf(value) {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'function' : typeof value;
}

export function isTrue(value) {
  return value !== false && value !== null;
}

/** The text that `print` writes for a value. */
export function show(value) {
  return typeof value === 'string' ? value : showInside(value, []);
}

/** `around` are the lists that this value stands in. */
function showInside(value, around) {
  switch (kindOf(value)) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return value.name ? `<fn ${value.name}>` : '<fn>';
    case 'nil':
      return 'nil';
    case 'list': {
      if (around.includes(value)) return '[...]';
      const items = value.map((item) => showInside(item, [...around, value]));
      return `[${items.join(', ')}]`;
    }
    default:
      return String(value);
  }
}
