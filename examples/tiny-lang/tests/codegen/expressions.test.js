import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../src/codegen/index.js';
import { parse } from '../../src/parser/index.js';

/** The instructions of a program, without the `push nil`, `return` at its end. */
function code(source) {
  const instructions = generate(parse(source)).functions[0].code;
  assert.deepEqual(instructions.slice(-2), [['push', null], ['return']]);
  return instructions.slice(0, -2).map((instruction) => instruction.join(' '));
}

test('a program is one function named main', () => {
  const { functions } = generate(parse(''));
  assert.equal(functions.length, 1);
  assert.deepEqual(functions[0].code, [['push', null], ['return']]);
  assert.deepEqual(
    [functions[0].name, functions[0].parameters, functions[0].slots],
    ['main', 0, 0],
  );
});

test('literals are pushed', () => {
  const { functions } = generate(parse('print nil; print true; print "a b"; print 2.5;'));
  const pushed = functions[0].code.filter(([operation]) => operation === 'push');
  assert.deepEqual(pushed.slice(0, -1), [
    ['push', null],
    ['push', true],
    ['push', 'a b'],
    ['push', 2.5],
  ]);
});

test('operands come before their operator, left before right', () => {
  assert.deepEqual(code('print 1 - 2 * 3;'), ['push 1', 'push 2', 'push 3', 'mul', 'sub', 'print']);
  assert.deepEqual(code('print not -4;'), ['push 4', 'neg', 'not', 'print']);
});

test('every operator has its instruction', () => {
  const operators = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '%': 'mod' };
  const comparisons = { '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
  for (const [operator, operation] of Object.entries({ ...operators, ...comparisons })) {
    assert.deepEqual(code(`1 ${operator} 2;`), ['push 1', 'push 2', operation, 'pop']);
  }
});

test('and skips its right side when the left one is false', () => {
  assert.deepEqual(code('1 and 2;'), ['push 1', 'dup', 'jump-if-false 5', 'pop', 'push 2', 'pop']);
});

test('or skips its right side when the left one is true', () => {
  assert.deepEqual(code('1 or 2;'), ['push 1', 'dup', 'jump-if-true 5', 'pop', 'push 2', 'pop']);
});

test('lists and their elements', () => {
  assert.deepEqual(code('[1, 2][0];'), ['push 1', 'push 2', 'list 2', 'push 0', 'index', 'pop']);
});

test('an assignment to an element', () => {
  assert.deepEqual(code('len[0] = 5;'), ['builtin len', 'push 0', 'push 5', 'set-index']);
});

test('a call has its function below its arguments', () => {
  assert.deepEqual(code('push(1, 2);'), ['builtin push', 'push 1', 'push 2', 'call 2', 'pop']);
});

test('a node of an unknown type is the bug of whoever made it', () => {
  const unknown = { type: 'goto', line: 1, column: 1 };
  const tree = { type: 'program', line: 1, column: 1, body: [unknown] };
  assert.throws(() => generate(tree), { name: 'TypeError', message: /goto/ });
});
