import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optimize } from '../../src/optimizer/index.js';
import { parse } from '../../src/parser/index.js';

/** What becomes of an expression. */
const optimized = (source) => optimize(parse(`print ${source};`)).body[0].value;

/** The value it is calculated to; fails where something is left to do. */
function constant(source) {
  const node = optimized(source);
  assert.equal(node.type, 'literal', `${source} is constant`);
  return node.value;
}

test('arithmetic on numbers is calculated, inside out', () => {
  assert.equal(constant('2 * 3 + 1'), 7);
  assert.equal(constant('-(7 % 4) / 2'), -1.5);
});

test('strings are joined', () => {
  assert.equal(constant('"a" + "b" + "c"'), 'abc');
});

test('comparisons are decided', () => {
  assert.equal(constant('1 < 2'), true);
  assert.equal(constant('"b" <= "a"'), false);
  assert.equal(constant('1 == "1"'), false);
  assert.equal(constant('nil != false'), true);
});

test('not follows what is true in the language', () => {
  assert.equal(constant('not nil'), true);
  assert.equal(constant('not 0'), false);
  assert.equal(constant('not ""'), false);
});

test('and and or become the side that counts', () => {
  assert.equal(constant('nil and 1'), null);
  assert.equal(constant('0 or 1'), 0);
  assert.equal(optimized('true and x').name, 'x');
  assert.equal(optimized('false or x').name, 'x');
  assert.equal(optimized('x and false').type, 'logical');
});

test('a calculated literal stands where the expression stood', () => {
  const { line, column } = parse('print  1 + 2;').body[0].value;
  const node = optimize(parse('print  1 + 2;')).body[0].value;
  assert.deepEqual([node.line, node.column], [line, column]);
  assert.equal(node.value, 3);
});

test('constants are found wherever an expression stands', () => {
  assert.equal(optimized('[1 + 2]').items[0].value, 3);
  assert.equal(optimized('x[1 + 2]').index.value, 3);
  assert.equal(optimized('f(1 + 2)').arguments[0].value, 3);
  assert.equal(optimized('fn() { return 1 + 2; }').body.body[0].value.value, 3);
  assert.equal(optimized('x + (1 + 2)').right.value, 3);
});

test('what must fail when it runs is left to fail', () => {
  assert.equal(optimized('1 / 0').type, 'binary');
  assert.equal(optimized('1 % (2 - 2)').type, 'binary');
  assert.equal(optimized('1 + "a"').type, 'binary');
  assert.equal(optimized('nil < 1').type, 'binary');
  assert.equal(optimized('true < false').type, 'binary');
  assert.equal(optimized('-"a"').type, 'unary');
});
