import test from 'node:test';
import assert from 'node:assert/strict';
import { readRows } from '../../src/reader/index.js';

const header = 'date,category,amount,note\n';

test('rows have the values of their columns, and their line', () => {
  assert.deepEqual(readRows(`${header}2026-01-03,food,12.40,bread\n2026-01-04,food,1.00,\n`), [
    { line: 2, date: '2026-01-03', category: 'food', amount: '12.40', note: 'bread' },
    { line: 3, date: '2026-01-04', category: 'food', amount: '1.00', note: '' },
  ]);
});

test('quotes hold commas, quotes and lines', () => {
  const rows = readRows(`${header}d,c,1.00,"a, ""b""\nc"\r\nd,c,2.00,x`);
  assert.deepEqual(
    rows.map(({ line, note }) => [line, note]),
    [
      [2, 'a, "b"\nc'],
      [4, 'x'],
    ],
  );
});

test('what is no such file is refused with its line', () => {
  assert.throws(() => readRows('a,b\n'), /^Error: line 1: /);
  assert.throws(() => readRows(`${header}d,c,1.00\n`), /^Error: line 2: /);
  assert.throws(() => readRows(`${header}d,c,1.00,x\nd,c,1.00,"x\n`), /^Error: line 3: /);
});

test('a header alone has no rows', () => assert.deepEqual(readRows(header), []));
