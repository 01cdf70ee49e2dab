import { describe, expect, it } from 'vitest';
import { chronicle, chronicleEvent } from '../../../src/core/projections/chronicle.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { Story, checked, hash, tree } from './story.ts';

const history = (story: Story) => chronicle(story.events)!.history;
const lexer = 0;

function amend(story: Story, type: 'reopen-module' | 'amend-contract', name: string): void {
  const by = { contract: tree('7'), reason: 'columns', by: 'sam' };
  story.do({ type, module: moduleId(name), ...by });
}

describe('a submission', () => {
  it('is kept with what was said of it, the oldest first', () => {
    const story = new Story().go().submit('lexer', 'first').fail('lexer', 'expected 1');
    expect(history(story).submissions.get(lexer)).toMatchObject([
      { attempt: 1, version: 1, summary: 'first', verdict: 'FAIL', passed: 11, tests: 12 },
    ]);
    story.after(5).submit('lexer', 'second');
    expect(history(story).submissions.get(lexer)).toMatchObject([
      { attempt: 1, verdict: 'FAIL', evidence: [{ says: 'expected 1' }] },
      { attempt: 2, verdict: null, tests: 0, at: story.now, superseded: false },
    ]);
  });

  it('is superseded once its contract is amended', () => {
    const story = new Story().go().seal('lexer');
    amend(story, 'reopen-module', 'lexer');
    expect(history(story).submissions.get(lexer)).toMatchObject([
      { verdict: 'PASS', superseded: true },
    ]);
  });

  it('keeps its verdict when its seal is judged again', () => {
    const story = new Story().toApproval();
    amend(story, 'reopen-module', 'lexer');
    story.list('lexer').seal('lexer').fail('parser', 'no columns');
    const rows = history(story).submissions.get(1);
    expect(rows).toMatchObject([{ attempt: 1, verdict: 'PASS' }]);
    expect(history(story).verdicts.at(-1)).toMatchObject({ name: 'parser', again: true });
  });
});

describe('a verdict', () => {
  it('says what was judged, when, by whom and what for', () => {
    const story = new Story().go().after(60).submit('lexer').after(10).pass('lexer');
    expect(history(story).verdicts).toMatchObject([
      {
        ...{ name: 'lexer', kind: 'module', verdict: 'PASS', subject: tree('1'), by: 'checks' },
        ...{ runMs: 70_000, passed: 12, tests: 12, says: '12 tests ran, all passed' },
        again: false,
      },
    ]);
  });

  it('on files that were checked before says so, and in which attempt', () => {
    const story = new Story().go().after(60).submit('lexer').after(10).fail('lexer', 'expected 1');
    const kept = { ...checked('unit', 'passed'), cached: true };
    story.after(5).submit('lexer').judge('lexer', [kept]);
    expect(history(story).verdicts.at(-1)).toMatchObject({
      ...{ verdict: 'PASS', by: 'cache', subject: tree('1') },
      says: 'attempt 2, same files, checks not repeated: 12 of 12 tests passed',
    });
  });

  it('that is no PASS names the first thing that speaks for it', () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'expected\n1\u001b[2J');
    expect(history(story).verdicts[0]?.says).toBe(
      'unit · reads numbers · tests/a.test.js:7: expected 1',
    );
  });

  it('is kept of prerequisites, tiers, end-to-end gates and approvals too', () => {
    const results = [{ name: 'node', passed: true, evidence: [] }];
    const story = new Story();
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    story.seal('lexer', 'vm').seal('parser').passTier('core').passGate('accept').subject('ship');
    story.approve('ship');
    const rows = history(story).verdicts.map(({ kind, name, by }) => [kind, name, by]);
    expect(rows).toEqual([
      ['prerequisite', 'node', 'checks'],
      ['module', 'lexer', 'checks'],
      ['module', 'vm', 'checks'],
      ['module', 'parser', 'checks'],
      ['tier', 'core', 'checks'],
      ['end-to-end', 'accept', 'checks'],
      ['approval', 'ship', 'sam'],
    ]);
    expect(history(story).verdicts.at(-1)).toMatchObject({
      ...{ verdict: 'PASS', subject: hash('f'), says: 'looks right' },
    });
  });

  it('of a person who says no is a FAIL in their words', () => {
    const story = new Story().toApproval();
    const refuse = { gate: 'ship' as never, submission: hash('f'), by: 'kim', note: 'too slow' };
    story.do({ type: 'reject-gate', ...refuse });
    expect(history(story).verdicts.at(-1)).toMatchObject({
      ...{ verdict: 'FAIL', by: 'kim', says: 'too slow' },
    });
  });

  it('no longer stands for a module whose contract was amended', () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'no');
    expect(history(story).latest.get(lexer)?.verdict).toBe('FAIL');
    amend(story, 'amend-contract', 'lexer');
    expect(history(story).latest.get(lexer)).toBeNull();
    expect(history(story).verdicts).toHaveLength(1);
  });
});

describe('what was spent', () => {
  it('is known of an agent at work by what it says, and settled when it ends', () => {
    const story = new Story().go().progress('lexer', 'half', 0.5);
    expect(history(story).spending.get(lexer)).toMatchObject({ running: { tokens: 10 } });
    story.submit('lexer').pass('lexer');
    expect(history(story).spending.get(lexer)).toMatchObject({
      ...{ running: { tokens: 0 }, builders: { tokens: 1_000 }, builds: 1 },
      ...{ reviewers: { tokens: 100 }, judgings: 1 },
    });
  });
});

it('an earlier chronicle stays as it was when later events are folded, also two ways', () => {
  const { events } = new Story().toApproval();
  const half = chronicle(events.slice(0, 30))!;
  const before = half.history.verdicts;
  const count = before.length;
  const one = events.slice(30).reduce(chronicleEvent, half);
  const two = events.slice(30).reduce(chronicleEvent, half);
  expect(half.history.verdicts).toBe(before);
  expect(before).toHaveLength(count);
  expect(one.history.verdicts).toEqual(two.history.verdicts);
  expect(one.history.verdicts.length).toBeGreaterThan(count);
});
