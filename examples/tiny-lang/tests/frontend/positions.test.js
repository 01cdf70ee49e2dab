import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/checker/index.js';
import { parse } from '../../src/parser/index.js';

/** What the checker reports on a text, and where. */
const reported = (source) =>
  check(parse(source)).map(({ line, column, code }) => `${line}:${column} ${code}`);

test('a wrong call is reported where it begins', () => {
  assert.deepEqual(reported('fn add(a, b) { return a + b; }\nprint add(1);'), [
    '2:7 argument-count',
  ]);
});

test('a wrong call in an expression is reported where the call begins', () => {
  assert.deepEqual(reported('print 1 + len("a", "b") * 2;'), ['1:11 argument-count']);
});

test('a wrong call over several lines is reported at its first one', () => {
  assert.deepEqual(reported('print\n  push(\n    [1]\n  );'), ['2:3 argument-count']);
});

test('a name is reported where it stands', () => {
  assert.deepEqual(reported('let a = [1];\nprint a[b] + c;'), [
    '2:9 undeclared',
    '2:14 undeclared',
  ]);
});

test('declarations are reported where they begin', () => {
  assert.deepEqual(reported('let a = 1;\n  let a = 2;\nfn f(x, x) { }'), [
    '2:3 redeclared',
    '3:9 redeclared',
  ]);
});

test('a return and an assignment are reported where they begin', () => {
  assert.deepEqual(reported('fn f() { }\n  f = 1;\n return;'), [
    '2:3 constant',
    '3:2 stray-return',
  ]);
});
