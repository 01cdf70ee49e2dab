import test from 'node:test';
import assert from 'node:assert/strict';
import { byMonth } from '../../src/months/index.js';

const row = (date, category, amount, line = 2) => ({ line, date, category, amount, note: '' });

test('sums are in whole cents, by month and category', () => {
  const rows = [
    row('2026-02-09', 'food', '0.10'),
    row('2026-01-03', 'travel', '86.00'),
    row('2026-01-03', 'food', '12.40'),
    row('2026-01-21', 'food', '8.15'),
    row('2026-02-10', 'food', '0.20'),
  ];
  assert.deepEqual(byMonth(rows), [
    {
      month: '2026-01',
      total: 10_655,
      categories: [
        { name: 'food', cents: 2_055 },
        { name: 'travel', cents: 8_600 },
      ],
    },
    { month: '2026-02', total: 30, categories: [{ name: 'food', cents: 30 }] },
  ]);
});

test('what is no date, amount or category is refused with its line', () => {
  for (const wrong of [
    row('3.1.2026', 'a', '1.00', 7),
    row('2026-01-03', '', '1.00', 7),
    row('2026-01-03', 'a', '1', 7),
  ]) {
    assert.throws(() => byMonth([wrong]), /^Error: line 7: /);
  }
  assert.equal(byMonth([row('2026-01-03', 'a', '-1.50')])[0].total, -150);
});
