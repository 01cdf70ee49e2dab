import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/vm/index.js';
import { define, program } from './program.js';

/** What a program prints; it must come to its end. */
function printed(code, ...functions) {
  const written = [];
  const result = run(program(code, ...functions), { write: (text) => written.push(text) });
  assert.deepEqual(result, { ok: true });
  return written.join('');
}

test('a program that does nothing prints nothing and is fine', () => {
  assert.equal(printed(['push 1', 'pop']), '');
  assert.equal(printed(['push 1', 'print']), '1\n');
});

test('each print is one write, line feed included', () => {
  const written = [];
  run(program(['push "a"', 'print', 'push "b"', 'print']), { write: (text) => written.push(text) });
  assert.deepEqual(written, ['a\n', 'b\n']);
});

test('numbers are written as short as possible', () => {
  assert.equal(printed(['push 3.50', 'print', 'push 10', 'print']), '3.5\n10\n');
});

test('booleans and nil are written as in the language', () => {
  assert.equal(printed(['push true', 'print', 'push null', 'print']), 'true\nnil\n');
});

test('a string is written as it is, in a list with its quotes', () => {
  assert.equal(printed(['push "a b"', 'print']), 'a b\n');
  assert.equal(
    printed(['push "a"', 'push 1', 'push null', 'list 0', 'list 4', 'print']),
    '["a", 1, nil, []]\n',
  );
});

test('a list inside itself is written once', () => {
  const self = ['list 0', 'store 0, 0', 'builtin "push"', 'load 0, 0', 'load 0, 0', 'call 2'];
  assert.equal(printed([...self, 'print']), '[[...]]\n');
});

test('functions are written with their name, when they have one', () => {
  const code = ['closure 1', 'print', 'closure 2', 'print', 'builtin "len"', 'print'];
  const named = define('f', 0, 0, 'push null', 'return');
  const nameless = define(null, 0, 0, 'push null', 'return');
  assert.equal(printed(code, named, nameless), '<fn f>\n<fn>\n<fn len>\n');
});

test('arithmetic takes the lower value as its left side', () => {
  assert.equal(printed(['push 7', 'push 2', 'sub', 'print']), '5\n');
  assert.equal(printed(['push 7', 'push 2', 'div', 'print']), '3.5\n');
  assert.equal(printed(['push -7', 'push 2', 'mod', 'print']), '-1\n');
  assert.equal(printed(['push 7', 'push 2', 'mul', 'neg', 'print']), '-14\n');
});

test('add joins strings', () => {
  assert.equal(printed(['push "ab"', 'push "c"', 'add', 'print']), 'abc\n');
});

test('numbers and strings have an order', () => {
  assert.equal(printed(['push 1', 'push 2', 'lt', 'print']), 'true\n');
  assert.equal(printed(['push 2', 'push 2', 'ge', 'print']), 'true\n');
  assert.equal(printed(['push "b"', 'push "a"', 'le', 'print']), 'false\n');
  assert.equal(printed(['push "b"', 'push "a"', 'gt', 'print']), 'true\n');
});

test('values of different kinds are not equal, lists only to themselves', () => {
  assert.equal(printed(['push 1', 'push "1"', 'eq', 'print']), 'false\n');
  assert.equal(printed(['push null', 'push false', 'ne', 'print']), 'true\n');
  assert.equal(printed(['list 0', 'list 0', 'eq', 'print']), 'false\n');
  assert.equal(printed(['list 0', 'dup', 'eq', 'print']), 'true\n');
});

test('only false and nil are not true', () => {
  assert.equal(printed(['push 0', 'not', 'print', 'push ""', 'not', 'print']), 'false\nfalse\n');
  assert.equal(printed(['push null', 'not', 'print']), 'true\n');
});

test('built-in functions', () => {
  assert.equal(printed(['builtin "len"', 'push "abc"', 'call 1', 'print']), '3\n');
  assert.equal(printed(['builtin "len"', 'push 1', 'list 1', 'call 1', 'print']), '1\n');
  assert.equal(
    printed(['builtin "push"', 'push 1', 'list 1', 'push 2', 'call 2', 'print']),
    '[1, 2]\n',
  );
  assert.equal(
    printed(['builtin "str"', 'push 1.5', 'call 1', 'push "!"', 'add', 'print']),
    '1.5!\n',
  );
});
