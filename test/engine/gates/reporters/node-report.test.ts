import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { readNodeReport } from '../../../../src/engine/gates/reporters/node-report.ts';

const key = 'secret';
const test = (name: string, more = {}) => ({
  ...{ scope: 'test', name, file: '/w/a.test.js', line: 1, outcome: 'pass', below: false },
  ...{ message: '', ...more },
});

function sealed(values: readonly unknown[], with_ = key): string {
  return values
    .map((value, index) => {
      const text = JSON.stringify(value);
      const seal = createHmac('sha256', with_)
        .update(`${index + 1} ${text}`)
        .digest('hex');
      return `${text}\t${seal}\n`;
    })
    .join('');
}

const good = sealed([test('a'), test('b'), { end: 2 }]);
const lines = good.split('\n').map((line) => `${line}\n`);

it('reads what our reporter wrote', () => {
  const report = readNodeReport(good, key, 'one');
  expect(report.ok && report.tests.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('leaves out suites, unless they failed for themselves', () => {
  const values = [
    test('s', { scope: 'suite' }),
    test('s', { scope: 'suite', outcome: 'fail', below: true }),
    test('s', { scope: 'suite', outcome: 'fail', message: 'hook' }),
    { end: 3 },
  ];
  const report = readNodeReport(sealed(values), key, 'one');
  expect(report.ok && report.tests.map(({ message }) => message)).toEqual(['hook']);
});

it.each([
  ['nothing', '', 'the test runner wrote none'],
  ['another key', sealed([test('a'), { end: 1 }], 'guess'), "line 1 is not our reporter's"],
  ['a line added', `${good}{"scope":"test"}\n`, "line 4 is not our reporter's"],
  ['a line taken out', lines.slice(1).join('').trimEnd() + '\n', "line 1 is not our reporter's"],
  ['a line twice', lines.slice(0, 1).join('') + good, "line 2 is not our reporter's"],
  ['an end missing', lines.slice(0, 2).join(''), 'it does not reach its end'],
  ['a line cut off', good.slice(0, -5), 'its last line is cut off'],
  ['a report twice', good + good, 'it has several ends'],
  ['a wrong count', sealed([test('a'), { end: 2 }]), 'it counts wrongly'],
  ['another shape', sealed([{ scope: 'test' }, { end: 1 }]), 'line 1 is no test'],
])('refuses %s', (_, text, reason) => {
  expect(readNodeReport(text, key, 'one')).toEqual({ ok: false, reason });
});

it('reads one report after another where a command makes several', () => {
  const report = readNodeReport(good + good, key, 'several');
  expect(report.ok && report.tests.length).toBe(4);
});
