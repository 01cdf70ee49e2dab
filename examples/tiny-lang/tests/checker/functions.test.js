import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/checker/index.js';
import {
  assign,
  block,
  call,
  declare,
  define,
  give,
  lambda,
  literal,
  name,
  parameter,
  print,
  program,
  statement,
} from './tree.js';

const two = [parameter('1:8', 'a'), parameter('1:11', 'b')];
const add = define('1:1', 'add', two, block('1:14'));
const one = literal('9:9', 1);

test('a function knows its parameters and its own name', () => {
  const again = call('2:10', name('2:10', 'f'), name('2:12', 'n'));
  const tree = program(
    define('1:1', 'f', [parameter('1:6', 'n')], block('1:9', give('2:3', again))),
  );
  assert.deepEqual(check(tree), []);
});

test('a call with too few arguments is reported where it begins', () => {
  const tree = program(add, print('2:1', call('2:7', name('2:7', 'add'), one)));
  assert.deepEqual(check(tree), [
    { code: 'argument-count', message: '"add" takes 2 arguments, not 1', line: 2, column: 7 },
  ]);
});

test('a call with too many arguments', () => {
  const tree = program(add, statement('2:1', call('2:1', name('2:1', 'add'), one, one, one)));
  assert.deepEqual(
    check(tree).map(({ message }) => message),
    ['"add" takes 2 arguments, not 3'],
  );
});

test('the built-in functions have their number of arguments', () => {
  const tree = program(
    statement('1:1', call('1:1', name('1:1', 'len'))),
    statement('2:1', call('2:1', name('2:1', 'push'), one)),
    statement('3:1', call('3:1', name('3:1', 'str'), one, one)),
  );
  assert.deepEqual(
    check(tree).map(({ message }) => message),
    [
      '"len" takes 1 argument, not 0',
      '"push" takes 2 arguments, not 1',
      '"str" takes 1 argument, not 2',
    ],
  );
});

test('what a variable holds is not known, so its calls are not counted', () => {
  const tree = program(
    declare('1:1', 'f', lambda('1:9', two, block('1:18'))),
    statement('2:1', call('2:1', name('2:1', 'f'))),
  );
  assert.deepEqual(check(tree), []);
});

test('a variable that hides a function is not counted either', () => {
  const tree = program(
    add,
    block('2:1', declare('2:3', 'add', one), statement('3:3', call('3:3', name('3:3', 'add')))),
  );
  assert.deepEqual(check(tree), []);
});

test('functions cannot be assigned to', () => {
  const tree = program(
    add,
    assign('2:1', name('2:1', 'add'), one),
    assign('3:1', name('3:1', 'len'), one),
  );
  assert.deepEqual(check(tree), [
    {
      code: 'constant',
      message: '"add" is a function and cannot be assigned to',
      line: 2,
      column: 1,
    },
    {
      code: 'constant',
      message: '"len" is a function and cannot be assigned to',
      line: 3,
      column: 1,
    },
  ]);
});

test('return outside a function', () => {
  const tree = program(block('1:1', give('1:3', null)));
  assert.deepEqual(check(tree), [
    { code: 'stray-return', message: 'return outside a function', line: 1, column: 3 },
  ]);
});

test('return inside a function, named or not', () => {
  const body = block('1:8', give('1:10', one));
  const tree = program(define('1:1', 'f', [], body), statement('2:1', lambda('2:1', [], body)));
  assert.deepEqual(check(tree), []);
});

test('all mistakes are found, in the order of the text', () => {
  const tree = program(
    statement('1:1', call('1:1', name('1:1', 'len'), name('1:5', 'x'), name('1:8', 'y'))),
    give('2:1', name('2:8', 'z')),
  );
  assert.deepEqual(
    check(tree).map(({ line, column }) => `${line}:${column}`),
    ['1:1', '1:5', '1:8', '2:1', '2:8'],
  );
});

test('a node of an unknown type is the bug of whoever made it', () => {
  assert.throws(() => check(program({ type: 'goto', line: 1, column: 1 })), TypeError);
});
