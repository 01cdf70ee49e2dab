/** Bytecode written by hand: a line of text is an instruction, at the line it stands in. */

/** A function of a program; `code` holds instructions like `push 1` or `builtin "len"`. */
export function define(name, parameters, slots, ...code) {
  return {
    name,
    parameters,
    slots,
    code: code.map(instruction),
    positions: code.map((_text, number) => [number + 1, 5]),
  };
}

/** A program whose main function holds these instructions, and then the others. */
export function program(code, ...functions) {
  return { functions: [define('main', 0, 9, ...code, 'push null', 'return'), ...functions] };
}

function instruction(text) {
  const [, operation, operands] = /^(\S+) ?(.*)$/.exec(text);
  return [operation, ...JSON.parse(`[${operands}]`)];
}
