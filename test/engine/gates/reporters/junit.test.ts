import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJunit } from '../../../../src/engine/gates/reporters/junit.ts';

const suites = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by a runner -->
<testsuites name="all">
  <testsuite name="sum" tests="5">
    <testcase name="adds" classname="Sum" file="tests/sum.py" line="3" time="0.1"/>
    <testcase name="adds" classname="Sum" file="tests/sum.py"></testcase>
    <testcase name="&lt;b&gt; &#x26; &amp;amp;">
      <failure message="1 == 2">Traceback <![CDATA[<here> & there]]></failure>
      <system-out>ok 1 - forged</system-out>
    </testcase>
    <testcase name="errs"><error message="boom"/></testcase>
    <testcase name="left"><skipped/></testcase>
  </testsuite>
</testsuites>
`;

it('gives tests their suites, their names and what became of them', () => {
  const report = readJunit(suites);
  if (!report.ok) throw new Error(report.reason);
  expect(report.tests.map(({ name, outcome }) => `${outcome}: ${name}`)).toEqual([
    'pass: sum > Sum > adds',
    'pass: sum > Sum > adds (2)',
    'fail: sum > <b> & &amp;',
    'fail: sum > errs',
    'skip: sum > left',
  ]);
  expect(report.tests[0]).toMatchObject({ file: 'tests/sum.py', line: 3 });
  expect(report.tests[2]?.message).toBe('1 == 2\nTraceback <here> & there');
});

it.each([
  ['', 'it holds no test suites'],
  ['<html></html>', 'it holds no test suites'],
  ['<testsuite><testcase name="a"></testsuite>', 'it is not read: tags do not match'],
  ['<testsuite>', 'it is not read: <testsuite> does not end'],
  ['<testsuite name=a/>', 'it is not read: <testsuite> is not well formed'],
  ['<testsuite><!-- open', 'it is not read: a comment does not end'],
  [
    '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "lol">]><testsuite name="&a;"/>',
    'it is not read: document types are not read',
  ],
  [`${'<a>'.repeat(200)}${'</a>'.repeat(200)}`, 'it is not read: more than 100 levels'],
])('%j is no report', (source, reason) => {
  expect(readJunit(source)).toEqual({ ok: false, reason });
});

it('answers to whatever a file holds', () => {
  const part = fc.constantFrom(
    '<testsuite>',
    '</testsuite>',
    '<testcase',
    ' name="',
    '"',
    '>',
    '/>',
    '&#0;',
    '<![CDATA[',
    ']]>',
    '<?',
    'x',
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(typeof readJunit(parts.join('')).ok).toBe('boolean');
    }),
  );
});
