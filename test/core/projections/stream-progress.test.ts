import { describe, expect, it } from 'vitest';
import { streamId } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { streamLine, streamProgress } from '../../../src/core/projections/stream-progress.ts';
import { smallPlan, Story } from './story.ts';

/** lexer alone in front; parser and vm, of which parser needs lexer, behind. */
function twoStreams(builders = 1): Plan {
  const plan = smallPlan();
  const [front, back] = [streamId('front'), streamId('back')];
  return {
    ...plan,
    pools: { ...plan.pools, builders: { ...plan.pools.builders, max: builders } },
    streams: [
      { id: front, title: 'Front', lead: null },
      { id: back, title: 'Back', lead: null },
    ],
    modules: plan.modules.map((module) => ({
      ...module,
      stream: module.id === 'lexer' ? front : back,
    })),
  };
}

const progress = (story: Story) => streamProgress(story.replayed, story.now);

describe('a stream', () => {
  it('says what it is at, what it waits for, what is next and when it may be done', () => {
    const story = new Story(twoStreams()).go();
    expect(progress(story)).toMatchObject([
      { id: 'front', modules: 1, sealed: 0, now: ['lexer'], waitsFor: [], held: null, next: null },
      {
        ...{ id: 'back', now: [], waitsFor: ['lexer'], next: 'vm' },
        held: 'no free builder (1 of 1 at work)',
      },
    ]);
    // By the estimates: three minutes for lexer, then as many for parser.
    expect(progress(story).map(({ etaMs }) => etaMs)).toEqual([180_000, 360_000]);
  });

  it('counts how long nobody worked on it, and why', () => {
    const story = new Story(twoStreams()).go().after(60).submit('lexer');
    expect(progress(story)).toMatchObject([
      { busyMs: 60_000, idleMs: {} },
      // vm could have been built, had there been a second builder.
      { busyMs: 0, idleMs: { ready: 60_000 } },
    ]);
    story.after(10).pass('lexer').after(50);
    expect(progress(story)[1]).toMatchObject({ busyMs: 60_000, idleMs: { ready: 60_000 } });
    expect(streamLine(progress(story)[1]!)).toBe(
      '0/2 sealed · now vm · no free builder (1 of 1 at work) · next parser · at least 1 min · idle 1 min, most of it no place was free, or something was held',
    );
  });

  it('that waits for a person says so, and knows no end', () => {
    const story = new Story(twoStreams(2)).go();
    for (let attempt = 0; attempt < 3; attempt++)
      story.after(10).submit('lexer').fail('lexer', 'x');
    const [front] = progress(story.after(30));
    expect(front).toMatchObject({ held: 'a person is asked', idleMs: { person: 30_000 } });
  });

  it('that is done waits for nothing', () => {
    const story = new Story(twoStreams()).go().seal('lexer');
    expect(progress(story)[0]).toMatchObject({ sealed: 1, now: [], next: null, etaMs: null });
  });
});
