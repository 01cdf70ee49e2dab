import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/vm/index.js';
import { define, program } from './program.js';

const write = () => {};

/** The error a program ends with; the position is left out. */
function error(code, ...functions) {
  const result = run(program(code, ...functions), { write });
  assert.equal(result.ok, false, 'the program fails');
  return result.error.message;
}

test('an error is a result, with the position of its instruction', () => {
  assert.deepEqual(run(program(['push 1', 'push 0', 'div', 'print']), { write }), {
    ok: false,
    error: { message: 'division by zero', line: 3, column: 5 },
  });
});

test('an error in a function has the position there', () => {
  const f = define('f', 0, 0, 'push 1', 'neg', 'pop', 'push null', 'neg', 'return');
  const result = run(program(['closure 1', 'call 0', 'pop'], f), { write });
  assert.deepEqual([result.ok, result.error?.line], [false, 5]);
});

test('what was printed before an error stays printed', () => {
  const written = [];
  const code = ['push 1', 'print', 'push null', 'neg', 'print'];
  const result = run(program(code), { write: (text) => written.push(text) });
  assert.deepEqual([result.ok, written], [false, ['1\n']]);
});

test('operators say what they cannot do', () => {
  assert.equal(error(['push 1', 'push "a"', 'add']), 'cannot add number and string');
  assert.equal(error(['push true', 'push true', 'add']), 'cannot add boolean and boolean');
  assert.equal(error(['push "a"', 'push "b"', 'sub']), 'cannot subtract string and string');
  assert.equal(error(['push null', 'push 1', 'mul']), 'cannot multiply nil and number');
  assert.equal(error(['list 0', 'push 1', 'div']), 'cannot divide list and number');
  assert.equal(
    error(['push 1', 'push null', 'mod']),
    'cannot take the remainder of number and nil',
  );
  assert.equal(error(['builtin "len"', 'push 1', 'lt']), 'cannot compare function and number');
  assert.equal(error(['push "a"', 'neg']), 'cannot negate a string');
});

test('a remainder by zero', () => {
  assert.equal(error(['push 1', 'push 0', 'mod']), 'division by zero');
});

test('a call of something that is no function', () => {
  assert.equal(error(['push null', 'call 0']), 'cannot call nil');
});

test('a wrong number of arguments', () => {
  const f = define('f', 2, 2, 'push null', 'return');
  const nameless = define(null, 1, 1, 'push null', 'return');
  assert.equal(error(['closure 1', 'push 1', 'call 1'], f), '"f" takes 2 arguments, not 1');
  assert.equal(error(['closure 1', 'call 0'], nameless), 'this function takes 1 argument, not 0');
  assert.equal(error(['builtin "len"', 'call 0']), '"len" takes 1 argument, not 0');
});

test('an element of something that is no list', () => {
  assert.equal(error(['push 1', 'push 0', 'index']), 'number has no elements');
  assert.equal(error(['push "a"', 'push 0', 'push 1', 'set-index']), 'string has no elements');
});

test('an element that the list has not', () => {
  assert.equal(error(['list 0', 'push 0', 'index']), 'no element 0 in a list of 0');
  assert.equal(error(['push 1', 'list 1', 'push -1', 'index']), 'no element -1 in a list of 1');
  assert.equal(error(['push 1', 'list 1', 'push 0.5', 'index']), 'no element 0.5 in a list of 1');
});

test('a built-in function with a wrong kind of value', () => {
  assert.equal(error(['builtin "len"', 'push 1', 'call 1']), 'len cannot take number');
  assert.equal(error(['builtin "push"', 'push 1', 'push 2', 'call 2']), 'push cannot take number');
});

test('an instruction that does not exist is the bug of whoever made it', () => {
  assert.throws(() => run(program(['explode']), { write }), TypeError);
});
