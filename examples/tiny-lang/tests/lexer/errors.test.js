import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError, tokenize } from '../../src/lexer/index.js';

function mistake(source) {
  try {
    tokenize(source);
  } catch (error) {
    assert.ok(error instanceof SourceError, `a SourceError, not ${error}`);
    assert.ok(error instanceof Error);
    return `${error.line}:${error.column} ${error.message}`;
  }
  return 'none';
}

test('a character that begins nothing', () => {
  assert.equal(mistake('let x = @;'), '1:9 unexpected character "@"');
});

test('an exclamation mark alone begins nothing', () => {
  assert.equal(mistake('!'), '1:1 unexpected character "!"');
});

test('a string that ends with its line', () => {
  assert.equal(mistake('1;\n "open\n"'), '2:2 this string has no end');
});

test('a string that ends with the text', () => {
  assert.equal(mistake('"open'), '1:1 this string has no end');
  assert.equal(mistake('"open\\'), '1:1 this string has no end');
});

test('an escape that the language has not', () => {
  assert.equal(mistake(String.raw`"ab\q"`), String.raw`1:4 unknown escape "\q"`);
});

test('a number that runs into a name', () => {
  assert.equal(mistake('x = 3rd;'), '1:5 a name cannot begin with a digit');
});
