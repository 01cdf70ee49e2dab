import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../src/codegen/index.js';
import { parse } from '../../src/parser/index.js';

const functions = (source) => generate(parse(source)).functions;
const lines = ({ code }) => code.map((instruction) => instruction.join(' '));

test('a function is made where it is declared, and kept in its slot', () => {
  const [main, add] = functions('fn add(a, b) { return a + b; } print add(1, 2);');
  assert.deepEqual(lines(main).slice(0, -2), [
    'closure 1',
    'store 0 0',
    'load 0 0',
    'push 1',
    'push 2',
    'call 2',
    'print',
  ]);
  assert.deepEqual([add.name, add.parameters, add.slots], ['add', 2, 2]);
  assert.deepEqual(lines(add).slice(0, 4), ['load 0 0', 'load 0 1', 'add', 'return']);
});

test('every function ends with a return of nil', () => {
  const [, named] = functions('fn f() { print 1; }');
  assert.deepEqual(named.code.slice(-2), [['push', null], ['return']]);
});

test('a return without a value gives nil', () => {
  const [, f] = functions('fn f() { return; }');
  assert.deepEqual(f.code.slice(0, 2), [['push', null], ['return']]);
});

test('a function without a name has none', () => {
  const [main, lambda] = functions('let f = fn(a) { return a; };');
  assert.equal(lambda.name, null);
  assert.deepEqual(lines(main).slice(0, 2), ['closure 1', 'store 0 0']);
});

test('parameters and the variables of the body share a scope', () => {
  const [, f] = functions('fn f(a) { let b = a; { let c = b; } }');
  assert.equal(f.slots, 2);
  assert.deepEqual(lines(f).slice(0, 6), [
    'load 0 0',
    'store 0 1',
    'enter 1',
    'load 1 1',
    'store 0 0',
    'leave',
  ]);
});

test('a function calls itself through the scope around it', () => {
  const [, f] = functions('fn f(n) { return f(n); }');
  assert.deepEqual(lines(f).slice(0, 4), ['load 1 0', 'load 0 0', 'call 1', 'return']);
});

test('an inner function reaches the variables of the outer ones', () => {
  const [, outer, inner] = functions(
    'let a = 1; fn outer(b) { { let c = 2; return fn() { c = a + b; }; } }',
  );
  assert.deepEqual(lines(outer).slice(0, 5), [
    'enter 1',
    'push 2',
    'store 0 0',
    'closure 2',
    'return',
  ]);
  assert.deepEqual(lines(inner).slice(0, 4), ['load 3 0', 'load 2 0', 'add', 'store 1 0']);
});

test('functions are numbered in the order in which their bodies begin', () => {
  const all = functions('fn a() { fn b() { } } fn c() { }');
  assert.deepEqual(
    all.map(({ name }) => name),
    ['main', 'a', 'b', 'c'],
  );
});

test('bytecode is plain data', () => {
  const program = generate(parse('fn f(a) { if a { return [nil, "x"]; } } print f(1.5);'));
  assert.deepEqual(JSON.parse(JSON.stringify(program)), program);
  assert.equal(program.functions.length, 2);
});
