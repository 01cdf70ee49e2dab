import { describe, expect, it } from 'vitest';
import { estimateEnd } from '../../../src/core/projections/eta.ts';
import { etaWords } from '../../../src/core/projections/eta-words.ts';
import { Story } from './story.ts';

const eta = (story: Story) => estimateEnd(story.replayed, story.now);
const minute = 60_000;

describe('when a run will be done', () => {
  it('is by the estimates alone before the first seal', () => {
    // lexer 3, parser 3, vm 3 min; two builders: the path is 6, all work is 9.
    expect(eta(new Story().go())).toEqual({
      ...{ known: true, pace: null, fromMs: 6 * minute, toMs: 7.5 * minute },
    });
    expect(etaWords(eta(new Story().go()))).toBe('6 min to 8 min (by the estimates)');
  });

  it('follows the pace of what is sealed', () => {
    // Estimated at 180 s, taken 70 s; parser is left.
    const story = new Story().go().seal('lexer', 'vm');
    const pace = 70 / 180;
    const left = 3 * minute * pace;
    expect(eta(story)).toEqual({ known: true, pace, fromMs: left, toMs: left });
    expect(etaWords(eta(story))).toBe('about 1 min');
  });

  it('takes off what an agent says it has done', () => {
    const story = new Story().go().seal('lexer', 'vm').progress('parser', 'half', 0.5);
    expect(eta(story)).toMatchObject({ fromMs: 2 * minute * (70 / 180) });
  });

  it('has no upper end while something waits for a person', () => {
    const story = new Story().go();
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'no');
    expect(eta(story)).toMatchObject({ known: true, toMs: null });
  });

  it.each([
    ['the run is paused', new Story().go().do({ type: 'pause-run', by: 'sam' })],
    ['it waits for a person', new Story().toApproval()],
    ['the run is over', new Story().toApproval().approve('ship').deliver()],
  ])('is unknown where %s', (why, story) => {
    expect(eta(story)).toEqual({ known: false, why });
    expect(etaWords(eta(story))).toBe(`unknown (${why})`);
  });
});
