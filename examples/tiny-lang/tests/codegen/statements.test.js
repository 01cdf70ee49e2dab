import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../src/codegen/index.js';
import { parse } from '../../src/parser/index.js';

const main = (source) => generate(parse(source)).functions[0];
const lines = ({ code }) => code.map((instruction) => instruction.join(' '));

test('variables live in slots, in the order of their declaration', () => {
  const program = main('let a = 1; let b = a; a = b;');
  assert.equal(program.slots, 2);
  assert.deepEqual(lines(program).slice(0, -2), [
    'push 1',
    'store 0 0',
    'load 0 0',
    'store 0 1',
    'load 0 1',
    'store 0 0',
  ]);
});

test('a condition jumps over the block that does not run', () => {
  assert.deepEqual(lines(main('if 1 { print 2; }')).slice(0, -2), [
    'push 1',
    'jump-if-false 4',
    'push 2',
    'print',
  ]);
});

test('a condition with an else runs one of the two', () => {
  assert.deepEqual(lines(main('if 1 { print 2; } else { print 3; }')).slice(0, -2), [
    'push 1',
    'jump-if-false 5',
    'push 2',
    'print',
    'jump 7',
    'push 3',
    'print',
  ]);
});

test('a loop goes back to its condition', () => {
  assert.deepEqual(lines(main('while 1 { print 2; }')).slice(0, -2), [
    'push 1',
    'jump-if-false 5',
    'push 2',
    'print',
    'jump 0',
  ]);
});

test('a block that declares something has a scope of its own', () => {
  const program = main('let a = 1; { let b = a; let c = b; }');
  assert.equal(program.slots, 1);
  assert.deepEqual(lines(program).slice(2, -2), [
    'enter 2',
    'load 1 0',
    'store 0 0',
    'load 0 0',
    'store 0 1',
    'leave',
  ]);
});

test('a block that declares nothing has none', () => {
  assert.deepEqual(lines(main('let a = 1; { { print a; } }')).slice(2, -2), ['load 0 0', 'print']);
});

test('an inner name hides an outer one only from its declaration on', () => {
  assert.deepEqual(lines(main('let a = 1; { let a = a; print a; }')).slice(2, -2), [
    'enter 1',
    'load 1 0',
    'store 0 0',
    'load 0 0',
    'print',
    'leave',
  ]);
});

test('each instruction has the position of the node it was made for', () => {
  const name = { type: 'name', line: 4, column: 9, name: 'len' };
  const callee = { type: 'call', line: 3, column: 7, callee: name, arguments: [] };
  const body = [{ type: 'print', line: 2, column: 5, value: callee }];
  const { code, positions } = generate({ type: 'program', line: 1, column: 1, body }).functions[0];
  assert.equal(positions.length, code.length);
  assert.deepEqual(positions.slice(0, 3), [
    [4, 9],
    [3, 7],
    [2, 5],
  ]);
});
