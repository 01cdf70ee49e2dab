import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../src/lexer/index.js';
import { parse } from '../../src/parser/index.js';

function mistake(source) {
  try {
    parse(source);
  } catch (error) {
    assert.ok(error instanceof SourceError, `a SourceError, not ${error}`);
    return `${error.line}:${error.column} ${error.message}`;
  }
  return 'none';
}

test('a statement without its semicolon', () => {
  assert.equal(mistake('{ print 1 }'), '1:11 expected ";" but found "}"');
});

test('a block without its end', () => {
  assert.equal(mistake('while a {\n'), '2:1 expected "}" but found the end of the program');
});

test('no expression where one should begin', () => {
  assert.equal(mistake('let x = ;'), '1:9 expected an expression but found ";"');
  assert.equal(
    mistake('print 1 +'),
    '1:10 expected an expression but found the end of the program',
  );
});

test('a keyword in the place of a name', () => {
  assert.equal(mistake('let if = 1;'), '1:5 expected a name but found "if"');
  assert.equal(mistake('fn f(1) { }'), '1:6 expected a name but found "1"');
});

test('a string that does not fit is quoted once', () => {
  assert.equal(mistake('print 1 "a";'), '1:9 expected ";" but found "a"');
});

test('an assignment to something that is neither name nor element', () => {
  assert.equal(mistake('a + 1 = 2;'), '1:7 this cannot be assigned to');
  assert.equal(mistake('f() = 2;'), '1:5 this cannot be assigned to');
});

test('a list of arguments that does not close', () => {
  assert.equal(mistake('f(1, 2;'), '1:7 expected ")" but found ";"');
});

test('a mistake of the lexer comes through', () => {
  assert.equal(mistake('print "a;'), '1:7 this string has no end');
});
