import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/parser/index.js';
import { show } from './show.js';

/** The expression as text in which every operator has its parentheses. */
const shape = (source) => show(parse(`${source};`).body[0].value);

test('literals', () => {
  assert.equal(shape('7'), '7');
  assert.equal(shape('"a b"'), '"a b"');
  assert.equal(shape('[true, false, nil]'), '[true, false, null]');
});

test('multiplication binds tighter than addition', () => {
  assert.equal(shape('1 + 2 * 3'), '(1 + (2 * 3))');
  assert.equal(shape('1 * 2 + 3'), '((1 * 2) + 3)');
  assert.equal(shape('1 - 6 / 2 % 4'), '(1 - ((6 / 2) % 4))');
});

test('operators that bind equally group to the left', () => {
  assert.equal(shape('9 - 4 - 2'), '((9 - 4) - 2)');
  assert.equal(shape('64 / 4 / 2'), '((64 / 4) / 2)');
  assert.equal(shape('a == b != c'), '((a == b) != c)');
});

test('comparison binds looser than arithmetic and tighter than equality', () => {
  assert.equal(shape('a + 1 < b == c >= d - 1'), '(((a + 1) < b) == (c >= (d - 1)))');
});

test('and binds tighter than or, both looser than comparison', () => {
  assert.equal(shape('a or b and c < d'), '(a or (b and (c < d)))');
  assert.equal(shape('a and b or c'), '((a and b) or c)');
});

test('and and or are logical, the others binary', () => {
  assert.equal(parse('a and b;').body[0].value.type, 'logical');
  assert.equal(parse('a or b;').body[0].value.type, 'logical');
  assert.equal(parse('a == b;').body[0].value.type, 'binary');
});

test('unary operators bind tighter than binary ones, and can be doubled', () => {
  assert.equal(shape('-a * b'), '((- a) * b)');
  assert.equal(shape('not a == b'), '((not a) == b)');
  assert.equal(shape('not not -a'), '(not (not (- a)))');
});

test('parentheses group and leave nothing behind', () => {
  assert.equal(shape('(1 + 2) * 3'), '((1 + 2) * 3)');
  assert.equal(shape('9 - (4 - 2)'), '(9 - (4 - 2))');
});

test('calls and elements follow each other and bind tightest', () => {
  assert.equal(shape('f()'), 'f()');
  assert.equal(shape('-f(1, a + 2)[0](b)'), '(- f(1, (a + 2))[0](b))');
});

test('functions without a name are values', () => {
  assert.equal(shape('fn(a, b) { return a; }'), 'fn(a, b) { return a; }');
  assert.equal(shape('fn() { }()'), 'fn() { }()');
});

test('lists hold expressions', () => {
  assert.equal(shape('[]'), '[]');
  assert.equal(shape('[1, [2 + 3]][0]'), '[1, [(2 + 3)]][0]');
});
