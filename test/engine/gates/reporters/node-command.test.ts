import { expect, it } from 'vitest';
import { parseNodeTest } from '../../../../src/engine/gates/reporters/node-command.ts';

it.each([
  ['node --test', [], []],
  ['node --test tests/lexer', [], ['tests/lexer']],
  ['node  --test   a b', [], ['a', 'b']],
  ['node --import tsx --test tests/**/*.ts', ['--import', 'tsx'], ['tests/**/*.ts']],
  ['node --test --test-concurrency 2 a', ['--test-concurrency', '2'], ['a']],
  ['node --test --test-timeout=500 a', ['--test-timeout=500'], ['a']],
  ['node --test -- -odd.js', [], ['-odd.js']],
  ['node --test \'a b.js\' "c \\"d.js" e\\ f.js', [], ['a b.js', 'c "d.js', 'e f.js']],
  ['node --test --test-reporter spec --test-reporter-destination=stdout a', [], ['a']],
])('%s is taken apart', (line, options, targets) => {
  expect(parseNodeTest(line)).toEqual({ env: {}, program: 'node', options, targets });
});

it('assignments and another node stay with the command', () => {
  expect(parseNodeTest("LOG='' DB=x=y /opt/node/bin/node --test a")).toEqual({
    ...{ env: { LOG: '', DB: 'x=y' }, program: '/opt/node/bin/node', options: [], targets: ['a'] },
  });
});

it.each([
  'npm test',
  'node tests/a.js',
  'node --test a && node --test b',
  'node --test a; true',
  'node --test a || true',
  'node --test a | cat',
  'node --test $FILES',
  'node --test `ls`',
  'node --test "$FILES"',
  'node --test {a,b}.js',
  'node --test a > out',
  'node --test a\nnode --test b',
  'node --test a # all',
  'cd x && node --test',
  'NODE_OPTIONS=--import=x node --test',
  "node --test 'open",
  'A=1',
  '',
])('%s is left to a shell', (line) => {
  expect(parseNodeTest(line)).toBe(null);
});
