import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from '../../src/lexer/index.js';
import { parse } from '../../src/parser/index.js';

test('what the lexer reads is what the parser keeps', () => {
  const source = String.raw`print "a\"b" + "\n";`;
  const strings = tokenize(source).filter(({ kind }) => kind === 'string');
  const { left, right } = parse(source).body[0].value;
  assert.deepEqual(
    [left.value, right.value],
    strings.map(({ value }) => value),
  );
});

test('comments and empty lines move positions, and nothing else', () => {
  const [statement] = parse('# a comment\n\n   print 1; # another\n').body;
  assert.deepEqual([statement.line, statement.column], [3, 4]);
});

test('every keyword of the lexer means something to the parser', () => {
  const source = `
    let a = true and false or not nil;
    fn f() { return a; }
    if a { print 1; } else { while a { a = false; } }
  `;
  assert.deepEqual(
    parse(source).body.map(({ type }) => type),
    ['let', 'function', 'if'],
  );
});
