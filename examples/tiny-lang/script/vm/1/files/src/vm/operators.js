import { Fault } from './fault.js';
import { isTrue, kindOf } from './values.js';

/** The instructions that take one value and give one. */
export const UNARY = {
  __proto__: null,
  not: (a) => !isTrue(a),
  neg(a) {
    if (typeof a !== 'number') throw new Fault(`cannot negate a ${kindOf(a)}`);
    return -a;
  },
};

/** The instructions that take two values and give one. */
export const BINARY = {
  __proto__: null,
  add: sameKind('add', (a, b) => a + b),
  sub: numbers('subtract', (a, b) => a - b),
  mul: numbers('multiply', (a, b) => a * b),
  div: numbers('divide', (a, b) => a / notZero(b)),
  mod: numbers('take the remainder of', (a, b) => a % notZero(b)),
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: sameKind('compare', (a, b) => a < b),
  le: sameKind('compare', (a, b) => a <= b),
  gt: sameKind('compare', (a, b) => a > b),
  ge: sameKind('compare', (a, b) => a >= b),
};

function numbers(verb, calculate) {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return calculate(a, b);
    throw meaningless(verb, a, b);
  };
}

/** For two numbers or two strings. */
function sameKind(verb, calculate) {
  return (a, b) => {
    const fits = typeof a === 'number' || typeof a === 'string';
    if (fits && typeof a === typeof b) return calculate(a, b);
    throw meaningless(verb, a, b);
  };
}

function notZero(number) {
  if (number === 0) throw new Fault('division by zero');
  return number;
}

function meaningless(verb, a, b) {
  return new Fault(`cannot ${verb} ${kindOf(a)} and ${kindOf(b)}`);
}
