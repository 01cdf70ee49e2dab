import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TapParser } from '../../../../src/engine/gates/reporters/tap.ts';

function parse(text: string, cut = 1_000_000) {
  const parser = new TapParser();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += cut) parser.push(bytes.subarray(at, at + cut));
  return parser.end();
}

const nested = `TAP version 13
# Subtest: outer
    # Subtest: inner \\# 1
    ok 1 - inner \\# 1
      ---
      duration_ms: 1
      ok 9 - not a test
      ...
    not ok 2 - second
      ---
      error: '1 == 2'
      ...
    1..2
not ok 1 - outer
ok 2 - later # SKIP no database
ok 3 # TODO
1..3
# tests 3
`;

describe('TAP', () => {
  it('gives tests their place, their names and what became of them', () => {
    const report = parse(nested);
    if (!report.ok) throw new Error(report.reason);
    expect(report.tests.map(({ name, outcome }) => `${outcome}: ${name}`)).toEqual([
      'pass: 1.1 outer > inner # 1',
      'fail: 1.2 outer > second',
      'fail: 1 outer',
      'skip: 2 later',
      'todo: 3 ',
    ]);
    expect(report.tests[1]?.message).toContain("error: '1 == 2'");
  });

  it.each([
    ['', 'standard output holds no TAP'],
    ['ok 1 - a\n', 'its plan (1..N) is missing'],
    ['1..2\nok 1 - a\n', 'its plan promises 2 tests and 1 ran'],
    ['1..1\nok 1 - a\nok 2 - b\n', 'its plan promises 1 tests and 2 ran'],
    ['ok 1 - a\n    ok 1 - orphan\n1..1\n', 'subtests belong to no test'],
    ['ok 1 - a\nBail out! no disk\n1..1\n', 'the run bailed out: no disk'],
  ])('%j is no report', (text, reason) => {
    expect(parse(text)).toEqual({ ok: false, reason });
  });

  it('reads the same however the output is cut', () => {
    const whole = parse(nested);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (cut) => {
        expect(parse(nested, cut)).toEqual(whole);
      }),
    );
  });

  it('answers to whatever is printed', () => {
    const line = fc.constantFrom(
      'ok 1',
      'not ok',
      '    ok 2 - x',
      '1..1',
      '  ---',
      '  ...',
      '# x',
      '        ok',
      'Bail out!',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(line), fc.string(), (lines, noise) => {
        expect(typeof parse([...lines, noise].join('\n')).ok).toBe('boolean');
      }),
    );
  });
});
