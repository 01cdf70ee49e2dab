import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optimize } from '../../src/optimizer/index.js';
import { parse } from '../../src/parser/index.js';

const optimized = (source) => optimize(parse(source));
const types = (source) => optimized(source).body.map(({ type }) => type);

test('a condition that is known leaves the block that runs', () => {
  const [block, ...rest] = optimized('if 1 < 2 { print "yes"; } else { print "no"; }').body;
  assert.deepEqual(rest, []);
  assert.equal(block.type, 'block');
  assert.equal(block.body[0].value.value, 'yes');
  assert.equal(optimized('if nil { } else { print "no"; }').body[0].body[0].value.value, 'no');
});

test('a condition of which nothing is left goes away', () => {
  assert.deepEqual(types('if false { print 1; } print 2;'), ['print']);
});

test('an else if of which nothing is left leaves no else', () => {
  const [node] = optimized('if x { } else if false { print 1; }').body;
  assert.equal(node.type, 'if');
  assert.equal(node.else, null);
});

test('a loop that never runs goes away, others stay', () => {
  assert.deepEqual(types('while 2 < 1 { print 1; }'), []);
  assert.deepEqual(types('while true { print 1; }'), ['while']);
  assert.deepEqual(types('while x { print 1; }'), ['while']);
});

test('what stands behind a return goes away', () => {
  const [node] = optimized('fn f() { print 1; return 2; print 3; }').body;
  assert.deepEqual(
    node.body.body.map(({ type }) => type),
    ['print', 'return'],
  );
});

test('a return in an inner block ends only that block', () => {
  const [node] = optimized('fn f() { if x { return 1; print 2; } print 3; }').body;
  assert.deepEqual(
    node.body.body.map(({ type }) => type),
    ['if', 'print'],
  );
  assert.equal(node.body.body[0].then.body.length, 1);
});

test('constants are found in every kind of statement', () => {
  const { body } = optimized('let a = 1 + 2; a = 1 + 2; a[1 + 2] = 1 + 2; a; while a < 1 + 2 { }');
  assert.equal(body[0].value.value, 3);
  assert.equal(body[1].value.value, 3);
  assert.equal(body[2].target.index.value, 3);
  assert.equal(body[2].value.value, 3);
  assert.equal(body[4].condition.right.value, 3);
});

test('the tree that came in stays as it was', () => {
  const tree = parse('if true { print 1 + 2; } fn f() { return 1; return 2; }');
  const before = structuredClone(tree);
  const after = optimize(tree);
  assert.deepEqual(tree, before);
  assert.notDeepEqual(after, before);
});

test('a node of an unknown type is handed on', () => {
  const unknown = { type: 'goto', line: 1, column: 1 };
  const { body } = optimize({ type: 'program', line: 1, column: 1, body: [unknown] });
  assert.deepEqual(body, [unknown]);
});
