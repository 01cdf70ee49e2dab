import test from 'node:test';
import assert from 'node:assert/strict';
import { reportOf } from '../../src/report/index.js';

test('amounts end in one column, and months are set apart', () => {
  const food = { name: 'food', cents: 5 };
  const text = reportOf([
    { month: '2026-01', total: 5, categories: [food] },
    { month: '2026-02', total: -120_050, categories: [{ name: 'rent', cents: -120_050 }] },
  ]);
  assert.equal(
    text,
    `2026-01             0.05
  food              0.05

2026-02         -1200.50
  rent          -1200.50
`,
  );
});

test('nothing is nothing', () => assert.equal(reportOf([]), ''));

test('a long name keeps a space before its amount', () => {
  const name = 'n'.repeat(30);
  const text = reportOf([{ month: '2026-01', total: 100, categories: [{ name, cents: 100 }] }]);
  assert.ok(text.includes(`  ${name} 1.00\n`));
});
