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

test('jumps go where they say', () => {
  assert.equal(printed(['jump 3', 'push 1', 'print', 'push 2', 'print']), '2\n');
});

test('conditional jumps take the value they look at', () => {
  const code = (jump, value) => [`push ${value}`, `${jump} 4`, 'push "stays"', 'print', 'push 9'];
  assert.equal(printed(code('jump-if-false', 'null')), '');
  assert.equal(printed(code('jump-if-false', '0')), 'stays\n');
  assert.equal(printed(code('jump-if-true', 'true')), '');
  assert.equal(printed(code('jump-if-true', 'false')), 'stays\n');
});

test('a loop counts', () => {
  const loop = [
    'push 0',
    'store 0, 0',
    'load 0, 0',
    'push 3',
    'lt',
    'jump-if-false 13',
    'load 0, 0',
    'print',
    'load 0, 0',
    'push 1',
    'add',
    'store 0, 0',
    'jump 2',
  ];
  assert.equal(printed(loop), '0\n1\n2\n');
});

test('a call gives its result to the caller', () => {
  const sub = define('sub', 2, 2, 'load 0, 0', 'load 0, 1', 'sub', 'return');
  assert.equal(printed(['closure 1', 'push 5', 'push 3', 'call 2', 'print'], sub), '2\n');
});

test('a call of a call has its own variables', () => {
  const fact = define(
    'fact',
    1,
    1,
    'load 0, 0',
    'push 2',
    'lt',
    'jump-if-false 6',
    'push 1',
    'return',
    'load 0, 0',
    'load 1, 0',
    'load 0, 0',
    'push 1',
    'sub',
    'call 1',
    'mul',
    'return',
  );
  const main = ['closure 1', 'store 0, 0', 'load 0, 0', 'push 10', 'call 1', 'print'];
  assert.equal(printed(main, fact), '3628800\n');
});

test('a function keeps the variables it was made with', () => {
  const make = define('make', 1, 1, 'closure 2', 'return');
  const next = define(
    null,
    0,
    0,
    'load 1, 0',
    'push 1',
    'add',
    'store 1, 0',
    'load 1, 0',
    'return',
  );
  const main = [
    'closure 1',
    'push 10',
    'call 1',
    'store 0, 0',
    'closure 1',
    'push 20',
    'call 1',
    'store 0, 1',
    ...['load 0, 0', 'call 0', 'print'],
    ...['load 0, 0', 'call 0', 'print'],
    ...['load 0, 1', 'call 0', 'print'],
  ];
  assert.equal(printed(main, make, next), '11\n12\n21\n');
});

test('a block has its own scope, new each time', () => {
  const main = [
    'push 1',
    'store 0, 0',
    'enter 1',
    'push 2',
    'store 0, 0',
    'load 0, 0',
    'print',
    'load 1, 0',
    'print',
    'leave',
    'load 0, 0',
    'print',
  ];
  assert.equal(printed(main), '2\n1\n1\n');
});

test('a return leaves the scopes of the blocks around it', () => {
  const f = define('f', 0, 0, 'enter 1', 'push 5', 'return');
  const main = ['push 1', 'store 0, 0', 'closure 1', 'call 0', 'print', 'load 0, 0', 'print'];
  assert.equal(printed(main, f), '5\n1\n');
});

test('elements are read and written', () => {
  const main = [
    'push 1',
    'push 2',
    'list 2',
    'store 0, 0',
    'load 0, 0',
    'push 1',
    'push 7',
    'set-index',
    'load 0, 0',
    'push 1',
    'index',
    'print',
    'load 0, 0',
    'print',
  ];
  assert.equal(printed(main), '7\n[1, 7]\n');
});

test('a program can run twice, and is not changed by it', () => {
  const once = program(['push 1', 'store 0, 0', 'load 0, 0', 'print']);
  const before = structuredClone(once);
  const written = [];
  const write = (text) => written.push(text);
  assert.deepEqual([run(once, { write }), run(once, { write })], [{ ok: true }, { ok: true }]);
  assert.deepEqual(written, ['1\n', '1\n']);
  assert.deepEqual(once, before);
});
