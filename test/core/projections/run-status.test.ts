import { describe, expect, it } from 'vitest';
import { happening } from '../../../src/core/projections/happening.ts';
import { needsYou } from '../../../src/core/projections/needs-you.ts';
import { atWork, runStatus, speedup, waits } from '../../../src/core/projections/run-status.ts';
import { Story, hash } from './story.ts';

const status = (story: Story) => runStatus(story.replayed, story.now);

describe('the phase of a run, for people', () => {
  it.each([
    ['plan', new Story()],
    ['build', new Story().go()],
    ['integrate', new Story().go().seal('lexer', 'vm').seal('parser')],
    ['end-to-end', new Story().toApproval()],
    ['postmortem', new Story().toApproval().approve('ship').deliver()],
  ])('is %s', (phase, story) => {
    expect(status(story).phase).toBe(phase);
  });
});

describe('a run', () => {
  it('says how far it is, who works and who waits for whom', () => {
    const story = new Story().go().after(60).submit('lexer');
    expect(status(story)).toMatchObject({ sealed: 0, percent: 22, outcome: null });
    expect(atWork(status(story))).toEqual(['lexer', 'vm']);
    expect(waits(status(story))).toEqual([
      { who: 'parser', on: ['lexer'] },
      { who: 'tier core', on: ['lexer', 'parser', 'vm'] },
      { who: 'gate accept', on: ['tier core'] },
      { who: 'gate ship', on: ['gate accept'] },
    ]);
  });

  it('is never at 100 % before it is complete', () => {
    expect(status(new Story().toApproval()).percent).toBe(91);
    expect(status(new Story().toApproval().approve('ship').deliver()).percent).toBe(100);
  });

  it('compares its time with one piece after the other', () => {
    const story = new Story().go().seal('lexer', 'vm');
    expect(status(story)).toMatchObject({ elapsedMs: 70_000, workMs: 140_000 });
    expect(speedup(status(story))).toBe(2);
    expect(speedup(status(new Story()))).toBeNull();
  });
});

describe('what needs a person', () => {
  it('is a gate to approve, with what exactly', () => {
    const story = new Story().toApproval();
    expect(needsYou(story.state)).toMatchObject([
      { kind: 'approval', gate: 'ship', subject: hash('f'), since: story.now },
    ]);
  });

  it('is told approvals first, then the longest waiting, then the whole run', () => {
    const story = new Story().go();
    for (const _ of [1, 2, 3]) story.submit('vm').fail('vm', 'no');
    story.after(5);
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'no');
    story.do({ type: 'pause-run', by: 'sam' });
    expect(needsYou(story.state).map(({ says }) => says)).toEqual([
      'vm: its budget is used up',
      'lexer: its budget is used up',
      'The run is paused',
    ]);
  });

  it('is a refused gate with the words of who refused it', () => {
    const story = new Story().toApproval();
    const refuse = { gate: 'ship' as never, submission: hash('f'), by: 'sam', note: 'too\nslow' };
    story.do({ type: 'reject-gate', ...refuse });
    expect(needsYou(story.state)).toMatchObject([{ kind: 'refused', detail: 'too slow' }]);
  });

  it('is nothing once the run is over', () => {
    const story = new Story().toApproval();
    story.do({ type: 'cancel-run', by: 'sam', reason: 'no' });
    expect(needsYou(story.state)).toEqual([]);
  });
});

it('every event of a run is told in one line without controls, or not at all', () => {
  const story = new Story().go().after(5).submit('lexer', 'a\nb\u001b[2J').fail('lexer', 'x\ny');
  for (const event of story.events) {
    expect(happening(event)?.says ?? '').not.toMatch(/\p{Cc}/u);
  }
});
