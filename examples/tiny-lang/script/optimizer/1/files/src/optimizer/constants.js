/** Arithmetic on literals. Whatever would fail when it runs is left alone, so that it does. */

const UNARY = {
  not: (a) => a === false || a === null,
  '-': (a) => (typeof a === 'number' ? -a : undefined),
};

const BINARY = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
  '+': ordered((a, b) => a + b),
  '-': numeric((a, b) => a - b),
  '*': numeric((a, b) => a * b),
  '/': numeric((a, b) => (b === 0 ? undefined : a / b)),
  '%': numeric((a, b) => (b === 0 ? undefined : a % b)),
};

/** The literal that a unary or binary node amounts to, or the node itself. */
export function fold(node) {
  const value = node.type === 'unary' ? foldUnary(node) : foldBinary(node);
  if (value === undefined || isBeyondNumbers(value)) return node;
  return { type: 'literal', line: node.line, column: node.column, value };
}

function foldUnary({ operator, operand }) {
  return operand.type === 'literal' ? UNARY[operator](operand.value) : undefined;
}

function foldBinary({ operator, left, right }) {
  if (left.type !== 'literal' || right.type !== 'literal') return undefined;
  return BINARY[operator](left.value, right.value);
}

/** Bytecode is plain data: it has no way to write what is no finite number. */
function isBeyondNumbers(value) {
  return typeof value === 'number' && !Number.isFinite(value);
}

function numeric(calculate) {
  return (a, b) => (typeof a === 'number' && typeof b === 'number' ? calculate(a, b) : undefined);
}

/** For what works on two numbers and on two strings alike. */
function ordered(calculate) {
  return (a, b) =>
    typeof a === typeof b && (typeof a === 'number' || typeof a === 'string')
      ? calculate(a, b)
      : undefined;
}
