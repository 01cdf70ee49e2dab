import { describe, expect, it } from 'vitest';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { silenceMs, silentAgents } from '../../../src/core/projections/silence.ts';
import { Story } from './story.ts';

const silent = (story: Story, laterMs: number) => {
  const told = chronicle(story.events)!;
  return silentAgents(told, told.state.at + laterMs).map(({ module }) => module);
};

describe('an agent that is silent', () => {
  it('is told of once it was silent for a third of what has it replaced', () => {
    const story = new Story().go().progress('lexer', 'half', 0.5);
    const { stallMinutes } = chronicle(story.events)!.state.plan;
    expect(silent(story, stallMinutes * 20_000 - 1)).not.toContain('lexer');
    expect(silent(story, stallMinutes * 20_000)).toContain('lexer');
  });

  it('is not told of any more when it says how far it is, or has ended', () => {
    const story = new Story().go().progress('lexer', 'half', 0.5);
    const { plan } = chronicle(story.events)!.state;
    const long = plan.stallMinutes * 60_000;
    expect(silent(story, long)).toContain('lexer');
    story.submit('lexer');
    expect(silent(story, long)).not.toContain('lexer');
  });

  it('needs a minute at least, however soon a plan has agents replaced', () => {
    const { plan } = chronicle(new Story().go().events)!.state;
    expect(silenceMs({ ...plan, stallMinutes: 1 }, 0, 59_999)).toBeNull();
    expect(silenceMs({ ...plan, stallMinutes: 1 }, 0, 60_000)).toBe(60_000);
  });
});
