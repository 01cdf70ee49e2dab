import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/parser/index.js';
import { show } from './show.js';

/** Programs that are written just as `show` writes them come back unchanged. */
function staysAsWritten(source) {
  assert.equal(show(parse(source)), source);
}

test('a program is a list of statements', () => {
  const program = parse('print 1; print 2;');
  assert.equal(program.type, 'program');
  assert.deepEqual(
    program.body.map(({ type }) => type),
    ['print', 'print'],
  );
});

test('declarations of variables', () => staysAsWritten('let x = (1 + 2);'));

test('declarations of functions', () => {
  staysAsWritten('fn none() { }');
  staysAsWritten('fn add(a, b) { return (a + b); }');
});

test('assignments to names and to elements', () => {
  staysAsWritten('x = 1;');
  staysAsWritten('rows[i][0] = f();');
});

test('conditions, with and without an else', () => {
  staysAsWritten('if a { print 1; }');
  staysAsWritten('if a { } else { print 2; }');
});

test('else if is an if in the place of the else', () => {
  staysAsWritten('if a { } else if b { } else { print 3; }');
  assert.equal(parse('if a { } else if b { }').body[0].else.type, 'if');
  assert.equal(parse('if a { }').body[0].else, null);
});

test('loops', () => staysAsWritten('while (i < 3) { i = (i + 1); }'));

test('return with and without a value', () => {
  staysAsWritten('fn f() { return; }');
  staysAsWritten('fn f() { return [1]; }');
  assert.equal(parse('fn f() { return; }').body[0].body.body[0].value, null);
});

test('blocks inside blocks', () => staysAsWritten('{ { print 1; } { } }'));

test('expressions as statements', () => staysAsWritten('push(list, 3);'));

test('a function without a name can begin a statement', () => {
  assert.equal(parse('fn() { }();').body[0].value.type, 'call');
});
