import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/parser/index.js';

const first = (source) => parse(source).body[0];
const place = ({ line, column }) => `${line}:${column}`;

test('statements stand where they begin', () => {
  const { body } = parse('let x = 1;\n  print x;\nx = 2;\n{ }');
  assert.deepEqual(body.map(place), ['1:1', '2:3', '3:1', '4:1']);
});

test('names and literals stand where they begin', () => {
  assert.equal(place(first('print total;').value), '1:7');
  assert.equal(place(first('print\n "a";').value), '2:2');
});

test('parameters stand where they are named', () => {
  const { parameters } = first('fn add(a,\n  b) { }');
  assert.deepEqual(parameters, [
    { name: 'a', line: 1, column: 8 },
    { name: 'b', line: 2, column: 3 },
  ]);
});

test('a unary operator stands at the operator', () => {
  assert.equal(place(first('print  -a;').value), '1:8');
});

test('a binary or logical operator stands at the operator', () => {
  assert.equal(place(first('print a + b;').value), '1:9');
  assert.equal(place(first('print a\n  and b;').value), '2:3');
});

test('a call stands at its opening parenthesis', () => {
  assert.equal(place(first('print add(1);').value), '1:10');
});

test('an element stands at its opening bracket', () => {
  assert.equal(place(first('print list[0];').value), '1:11');
});
