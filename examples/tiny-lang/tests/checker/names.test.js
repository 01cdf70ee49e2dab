import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/checker/index.js';
import {
  assign,
  binary,
  block,
  call,
  declare,
  define,
  give,
  index,
  lambda,
  list,
  literal,
  loop,
  name,
  parameter,
  print,
  program,
  statement,
  unary,
  when,
} from './tree.js';

test('a program without mistakes has no diagnostics', () => {
  const tree = program(
    declare('1:1', 'x', literal('1:9', 1)),
    loop('2:1', name('2:7', 'x'), block('2:9', assign('3:3', name('3:3', 'x'), literal('3:7', 0)))),
    print('5:1', list('5:7', unary('5:8', '-', name('5:9', 'x')))),
  );
  assert.deepEqual(check(tree), []);
});

test('a name that nothing declares', () => {
  assert.deepEqual(check(program(print('3:1', name('3:7', 'total')))), [
    { code: 'undeclared', message: '"total" is not declared', line: 3, column: 7 },
  ]);
});

test('a name is looked for in every kind of expression', () => {
  const missing = name('2:2', 'x');
  const one = literal('1:1', 1);
  const places = [
    unary('1:1', 'not', missing),
    binary('1:1', '+', one, missing),
    list('1:1', one, missing),
    index('1:1', missing, one),
    index('1:1', list('1:1'), missing),
    call('1:1', lambda('1:1', [parameter('1:4', 'a')], block('1:7')), missing),
    lambda('1:1', [], block('1:6', give('1:8', missing))),
  ];
  for (const value of places) {
    const codes = check(program(print('1:1', value))).map(({ code }) => code);
    assert.deepEqual(codes, ['undeclared'], value.type);
  }
});

test('a name is looked for in every kind of statement', () => {
  const missing = name('2:2', 'x');
  const yes = literal('1:1', true);
  const inside = block('1:5', statement('2:2', missing));
  const statements = [
    declare('1:1', 'y', missing),
    assign('1:1', missing, yes),
    when('1:1', missing, block('1:5')),
    when('1:1', yes, inside),
    when('1:1', yes, block('1:5'), inside),
    loop('1:1', missing, block('1:5')),
    loop('1:1', yes, inside),
    define('1:1', 'f', [], block('1:5', give('2:1', missing))),
  ];
  for (const tree of statements) {
    const codes = check(program(tree)).map(({ code }) => code);
    assert.deepEqual(codes, ['undeclared'], tree.type);
  }
});

test('a name is not known before its declaration, nor in its own value', () => {
  const early = program(
    print('1:1', name('1:7', 'x')),
    declare('2:1', 'x', name('2:9', 'x')),
    print('3:1', name('3:7', 'x')),
  );
  assert.deepEqual(
    check(early).map(({ line }) => line),
    [1, 2],
  );
});

test('a name ends with its block', () => {
  const tree = program(
    block('1:1', declare('1:3', 'x', literal('1:11', 1))),
    print('2:1', name('2:7', 'x')),
  );
  assert.deepEqual(
    check(tree).map(({ code, line }) => [code, line]),
    [['undeclared', 2]],
  );
});

test('a name declared twice in one block', () => {
  const tree = program(
    declare('1:1', 'x', literal('1:9', 1)),
    declare('2:3', 'x', literal('2:11', 2)),
  );
  assert.deepEqual(check(tree), [
    { code: 'redeclared', message: '"x" is already declared', line: 2, column: 3 },
  ]);
});

test('an inner block may declare a name again', () => {
  const again = declare('2:3', 'x', literal('2:11', 2));
  assert.deepEqual(check(program(declare('1:1', 'x', literal('1:9', 1)), block('2:1', again))), []);
});

test('two parameters of one name, and a parameter and a variable of one name', () => {
  const twice = [parameter('1:6', 'a'), parameter('1:9', 'a')];
  assert.deepEqual(
    check(program(define('1:1', 'f', twice, block('1:12')))).map(({ column }) => column),
    [9],
  );
  const body = block('1:9', declare('1:11', 'a', literal('1:19', 1)));
  assert.deepEqual(
    check(program(define('1:1', 'f', [parameter('1:6', 'a')], body))).map(({ column }) => column),
    [11],
  );
});

test('the built-in functions are known, and a program may declare their names itself', () => {
  const tree = program(
    print('1:1', list('1:7', name('1:8', 'len'), name('1:13', 'push'), name('1:19', 'str'))),
    declare('2:1', 'len', literal('2:11', 1)),
    assign('3:1', name('3:1', 'len'), literal('3:7', 2)),
  );
  assert.deepEqual(check(tree), []);
});
