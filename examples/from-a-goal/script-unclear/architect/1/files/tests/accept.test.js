import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readRows } from '../src/reader/index.js';
import { byMonth } from '../src/months/index.js';
import { reportOf } from '../src/report/index.js';

test('the sample gives the report of the specification', () => {
  const specification = readFileSync('spec/report.md', 'utf8');
  const [, expected] = /```text\n([^]*?)```/.exec(specification);
  const text = readFileSync('samples/expenses.csv', 'utf8');
  assert.equal(reportOf(byMonth(readRows(text))), expected);
});
