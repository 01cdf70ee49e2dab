import { describe, expect, it } from 'vitest';
import { whyLines, whyAnswer } from '../../../src/core/projections/why-words.ts';
import { whyOf } from '../../../src/core/projections/why.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { moduleId, tierId } from '../../../src/core/ids.ts';
import { smallPlan, Story } from './story.ts';

const oneBuilder = (): Plan => {
  const plan = smallPlan();
  return { ...plan, pools: { ...plan.pools, builders: { ...plan.pools.builders, max: 1 } } };
};

/** Modules that need nothing, in one tier. */
function wide(names: readonly string[]): Plan {
  const plan = smallPlan();
  const [lexer] = plan.modules;
  const modules = names.map((name) => ({
    ...lexer!,
    id: moduleId(name),
    owns: [`src/${name}/**`],
  }));
  const tier = { ...plan.tiers[0]!, id: tierId('core'), modules: names.map(moduleId), checks: [] };
  return { ...plan, modules, tiers: [tier], gates: [] };
}

const ask = (story: Story, asked: string, driven = true) =>
  whyOf(story.replayed, { asked, at: story.now, driven });

function why(story: Story, asked: string, driven = true) {
  const answer = ask(story, asked, driven);
  if (!answer.ok) throw new Error(answer.message);
  return answer.why;
}

const chain = (story: Story, asked: string) =>
  why(story, asked).steps.map(({ depth, name, kind }) => `${depth} ${name} ${kind}`);

describe('why something waits', () => {
  it('goes down to who is at work for it, what takes longest first, each told once', () => {
    const story = new Story().go();
    expect(chain(story, 'gate:ship')).toEqual([
      '0 gate ship waiting',
      '1 gate accept waiting',
      '2 tier core waiting',
      '3 parser waiting',
      '4 lexer at-work',
      '3 vm at-work',
    ]);
    expect(whyAnswer(why(story, 'parser'))).toBe(
      'parser waits for lexer, done in 6 min at the earliest. It comes down to this: at work: lexer',
    );
  });

  it('leaves out what is settled below it', () => {
    const story = new Story().go().seal('lexer', 'vm');
    expect(chain(story, 'tier core')).toEqual(['0 tier core waiting', '1 parser at-work']);
  });

  it('says of what is at work and of what is sealed that it does not wait', () => {
    const story = new Story().go().progress('lexer', 'half of it', 0.5);
    expect(whyLines(why(story, 'lexer')).slice(0, 2)).toEqual([
      expect.stringMatching(/^lexer does not wait: building · 50 %/),
      '  half of it',
    ]);
    expect(whyAnswer(why(new Story().go().seal('lexer', 'vm'), 'lexer'))).toBe(
      'lexer waits for nothing: sealed',
    );
  });

  it('names the person whom all of it waits for, and what they are asked', () => {
    const story = new Story().go();
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'numbers are cut off');
    const answer = why(story, 'parser');
    expect(answer.steps.at(-1)).toMatchObject({ name: 'lexer', kind: 'person' });
    expect(answer.steps.at(-1)?.person).toMatchObject({ kind: 'escalated', module: 'lexer' });
    expect(whyAnswer(answer)).toContain('a person must decide about lexer');
    expect(whyAnswer(why(new Story().toApproval(), 'ship'))).toBe(
      'gate ship waits for a person: gate ship waits for your approval',
    );
  });

  it('names who has the places that ready work waits for', () => {
    const story = new Story(oneBuilder()).go();
    const [first] = why(story, 'vm').steps;
    expect(first).toMatchObject({ kind: 'held' });
    expect(first?.text).toBe('Ready · no free builder (1 of 1 at work): lexer');
  });

  it('tells what holds the whole run, and that nobody drives it', () => {
    const story = new Story().go().do({ type: 'pause-run', by: 'sam' });
    const answer = why(story, 'parser', false);
    expect(answer).toMatchObject({ undriven: true, ofRun: [{ kind: 'paused' }] });
    expect(whyLines(answer)).toContain('! The run is paused');
    expect(whyLines(answer).join('\n')).toContain('Nobody drives the run now');
  });

  it('waits for nothing any more once the run is over, driven or not', () => {
    const story = new Story().toApproval().approve('ship').deliver();
    const answer = why(story, 'ship', false);
    expect(answer).toMatchObject({ undriven: false, ofRun: [] });
    expect(answer.steps).toHaveLength(1);
  });

  it.each(['', 'nobody', 'gate:lexer', 'stream:main', '../x', '\u001b[31m'])(
    'refuses %j, naming what there is',
    (asked) => {
      expect(ask(new Story().go(), asked)).toMatchObject({
        ok: false,
        message: expect.stringContaining('it has lexer, parser, vm, tier core') as string,
      });
    },
  );

  it('stays readable however much holds something up', () => {
    const names = Array.from({ length: 80 }, (_, at) => `m${at}`);
    const story = new Story(wide(names)).go();
    const answer = why(story, 'core');
    expect(answer.steps).toHaveLength(30);
    expect(answer.untold).toBe(51);
    expect(whyLines(answer)).toContain('  … and 51 more');
  });
});
