/** Trees made by hand: the backend is tested without a frontend. */

const node = (type, rest, line = 1, column = 1) => ({ type, line, column, ...rest });
const literal = (value) => node('literal', { value });
const name = (text) => node('name', { name: text });
const block = (...body) => node('block', { body });
const print = (value) => node('print', { value });
const declare = (text, value) => node('let', { name: text, value });
const assign = (text, value) => node('assign', { target: name(text), value });
const binary = (operator, left, right, ...place) =>
  node('binary', { operator, left, right }, ...place);
const call = (callee, ...args) => node('call', { callee, arguments: args });
const program = (...body) => node('program', { body });

/** Prints 3, 2, 1. */
export const loops = () =>
  program(
    declare('i', literal(3)),
    node('while', {
      condition: binary('>', name('i'), literal(0)),
      body: block(print(name('i')), assign('i', binary('-', name('i'), literal(1)))),
    }),
  );

/** Two counters, one from 5 and one from 100 (written as 50 + 50) and 5. */
export const closures = () => {
  const next = node('lambda', {
    parameters: [],
    body: block(
      assign('n', binary('+', name('n'), literal(1))),
      node('return', { value: name('n') }),
    ),
  });
  const counter = node('function', {
    name: 'counter',
    parameters: [{ name: 'n', line: 1, column: 1 }],
    body: block(node('return', { value: next })),
  });
  return program(
    counter,
    declare('a', call(name('counter'), literal(5))),
    declare('b', call(name('counter'), binary('+', literal(100), literal(5)))),
    print(call(name('a'))),
    print(call(name('a'))),
    print(call(name('b'))),
  );
};

/** Fails at line 4, column 2. */
export const divides = () => program(print(binary('/', literal(1), literal(0), 4, 2)));

/** Holds an `if`, a `while` and an `and` of which little is left. */
export const skips = () =>
  program(
    node('if', {
      condition: binary('<', literal(2), literal(1)),
      then: block(print(literal('never'))),
      else: block(print(literal('always'))),
    }),
    node('while', { condition: literal(null), body: block(print(literal('never'))) }),
    print(node('logical', { operator: 'and', left: literal(false), right: name('len') })),
  );
