import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from '../../src/parser/index.js';
import { readExamples } from './examples.js';

const page = () => readFileSync(new URL('../../docs/reference.md', import.meta.url), 'utf8');

/** Everything on the page that is marked as code, in a line or in a block. */
function codeOf(text) {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code]) => code);
  const inLines = [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)];
  return [...blocks, ...inLines.map(([, code]) => code)].join('\n');
}

test('the page has its title and a section for each subject', () => {
  const text = page();
  assert.match(text, /^# The tiny reference$/m);
  const subjects =
    'Values,Variables,Operators,Conditions,Loops,Functions,Lists,Built-in functions,Mistakes';
  for (const subject of subjects.split(',')) {
    assert.ok(text.includes(`\n## ${subject}\n`), `a section on ${subject}`);
  }
});

test('every keyword is explained as code', () => {
  const words = new Set(codeOf(page()).match(/\w+/g));
  for (const keyword of 'let fn return if else while print and or not true false nil'.split(' ')) {
    assert.ok(words.has(keyword), keyword);
  }
});

test('every operator is explained as code', () => {
  const operators = new Set(codeOf(page()).match(/[=!<>]=|[-+*/%=<>]/g));
  for (const operator of '+ - * / % = == != < <= > >='.split(' ')) {
    assert.ok(operators.has(operator), operator);
  }
});

test('every built-in function is explained as code', () => {
  const code = codeOf(page());
  for (const name of ['len', 'push', 'str']) assert.ok(code.includes(`${name}(`), name);
});

test('there are at least eight examples, each with its output', () => {
  const examples = readExamples(page());
  assert.ok(examples.length >= 8, `${examples.length} examples`);
  for (const { line, output } of examples) {
    assert.ok(output, `the example at line ${line} has an output`);
  }
});

test('every example parses, and prints something', () => {
  const examples = readExamples(page());
  assert.notEqual(examples.length, 0);
  for (const { line, source } of examples) {
    assert.doesNotThrow(() => parse(source), `the example at line ${line} parses`);
    assert.match(source, /\bprint\b/, `the example at line ${line} prints`);
  }
});

test('examples fit beside an editor', () => {
  const lines = readExamples(page()).flatMap(({ source }) => source.split('\n'));
  assert.notEqual(lines.length, 0);
  for (const line of lines) assert.ok(line.length <= 72, line);
});
