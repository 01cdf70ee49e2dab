import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from '../../src/lexer/index.js';

const kinds = (source) => tokenize(source).map(({ kind, text }) => `${kind} ${text}`.trim());
const places = (source) => tokenize(source).map(({ line, column }) => `${line}:${column}`);

test('a program becomes tokens, closed by an end', () => {
  assert.deepEqual(kinds('let x = 1;'), [
    'keyword let',
    'name x',
    'symbol =',
    'number 1',
    'symbol ;',
    'end',
  ]);
});

test('an empty text is nothing but its end', () => {
  assert.deepEqual(tokenize(''), [{ kind: 'end', text: '', line: 1, column: 1 }]);
});

test('numbers have their value', () => {
  const [whole, point] = tokenize('42 2.50');
  assert.deepEqual([whole.value, whole.text], [42, '42']);
  assert.deepEqual([point.value, point.text], [2.5, '2.50']);
});

test('strings have their value, with escapes resolved, and their text as written', () => {
  const [string] = tokenize(String.raw`"a\n\t\"\\z"`);
  assert.equal(string.kind, 'string');
  assert.equal(string.value, 'a\n\t"\\z');
  assert.equal(string.text, String.raw`"a\n\t\"\\z"`);
});

test('every keyword is one, and longer names that begin like it are not', () => {
  const words = 'let fn return if else while print and or not true false nil'.split(' ');
  for (const word of words) {
    assert.equal(tokenize(word)[0].kind, 'keyword', word);
    assert.equal(tokenize(`${word}s`)[0].kind, 'name', `${word}s`);
  }
});

test('the longest symbol wins', () => {
  assert.deepEqual(kinds('<==!=>= =='), [
    'symbol <=',
    'symbol =',
    'symbol !=',
    'symbol >=',
    'symbol ==',
    'end',
  ]);
});

test('every symbol is known', () => {
  for (const symbol of '+ - * / % = == != < <= > >= ( ) { } [ ] , ;'.split(' ')) {
    assert.deepEqual(kinds(symbol), [`symbol ${symbol}`, 'end']);
  }
});

test('comments and white space leave nothing behind', () => {
  assert.deepEqual(kinds('# one\n\t a # two "x\n#'), ['name a', 'end']);
});

test('a comment sign in a string is part of the string', () => {
  assert.equal(tokenize('"# no"')[0].value, '# no');
});

test('tokens know their line and column, counted from 1', () => {
  assert.deepEqual(places('a\n  bc "d" # e\nf'), ['1:1', '2:3', '2:6', '3:1', '3:2']);
});

test('a character that takes two code units is one column', () => {
  assert.deepEqual(places('"\u{1F642}" a'), ['1:1', '1:5', '1:6']);
});
