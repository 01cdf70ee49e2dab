import { describe, expect, it } from 'vitest';
import { moduleId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import { judged, listed, sealed, submits } from '../support/scenario-moves.ts';
import { amends, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({
  modules: { design: { feedback: { build: 2 } }, build: {} },
});
const [design, build] = [moduleId('design'), moduleId('build')];

describe('a feedback dependency', () => {
  it('lets both sides start at once', () => {
    given(pair).leaves({ design: 'generating', build: 'generating' });
  });

  it('hands what one side found to the next turn of the other', () => {
    const scenario = given(pair, ...sealed('design'));
    scenario
      .when(submits('build', { findings: { design: ['the schema has no version'] } }))
      .then(
        'submission-received',
        { type: 'feedback-given', from: build, to: design, round: 1 },
        { type: 'feedback-taken', module: design, from: build },
        'evaluation-started',
        { type: 'generation-started', module: design, attempt: 2 },
      );
    expect(scenario.module('design').evidence).toMatchObject([
      { kind: 'feedback', says: 'build: the schema has no version' },
    ]);
  });

  it('seals neither before the other has spoken', () => {
    given(pair, ...sealed('design'))
      .leaves({ design: 'passed', build: 'generating' })
      .when(...sealed('build'), judged('design'))
      .leaves({ design: 'sealed', build: 'sealed' });
  });

  it('ends where a side has no more findings', () => {
    given(pair, ...sealed('design'))
      .when(submits('build', { findings: { design: ['more'] } }), judged('build'))
      .leaves({ design: 'generating', build: 'passed' })
      .when(submits('design'), judged('design'), judged('build'))
      .leaves({ design: 'sealed', build: 'sealed' });
  });

  it('is told a side that is being built at its next turn', () => {
    given(pair, submits('build', { findings: { design: ['more'] } }))
      .when(submits('design'), judged('design'))
      .then('verdict-given', 'module-passed', 'feedback-taken', {
        type: 'generation-started',
        module: design,
        attempt: 2,
      });
  });

  it('goes to a person where there are findings after the last round', () => {
    const more = { findings: { design: ['still not'] } };
    const scenario = given(pair, ...sealed('design'), submits('build', more));
    const again = { unit: 'failed' } as const;
    scenario
      .when(submits('design'), judged('design'), judged('build', again))
      .when(submits('build', more), submits('design'), judged('design'), judged('build', again))
      .when(submits('build', more))
      .then(
        'submission-received',
        { type: 'feedback-given', round: 2, over: true },
        'evaluation-started',
      )
      .when(judged('build'))
      .then('verdict-given', 'module-passed', { type: 'module-escalated', reason: 'feedback' });
    // What it handed in is what the next builder begins with.
    expect(scenario.module('build').seed).toBe('tree-build-3');
  });

  it('goes on by itself where a person amends the contract of either side', () => {
    const more = { findings: { design: ['still not'] } };
    const again = { unit: 'failed' } as const;
    const unheard = () =>
      given(pair, ...sealed('design'), submits('build', more)).when(
        ...[submits('design'), judged('design'), judged('build', again)],
        ...[submits('build', more), submits('design'), judged('design'), judged('build', again)],
        ...[submits('build', more), judged('build')],
      );
    unheard()
      .leaves({ build: 'escalated' })
      .when(amends('build', 'build-2'))
      .then('contract-amended', 'verification-started');
    const run = unheard().when(amends('design', 'design-2'));
    run.then(
      'contract-amended',
      { type: 'module-resumed', module: build, after: design },
      { type: 'verification-started', module: design },
      { type: 'generation-started', module: build, attempt: 4 },
    );
    expect(run.module('build').notices[0]?.says).toContain('the contract of design');
    run
      .when(listed('design'), ...sealed('design'), ...sealed('build'), judged('design'))
      .leaves({ design: 'sealed', build: 'sealed' });
  });

  it('does not go on for the contract of a partner that it has no more findings for', () => {
    const three = plan({
      modules: { design: { feedback: { build: 1 } }, docs: { feedback: { build: 1 } }, build: {} },
    });
    const more = { findings: { design: ['still not'] } };
    given(three, ...sealed('design', 'docs'), submits('build', more))
      .when(judged('build', { unit: 'failed' }), submits('design'), judged('design'))
      .when(submits('build', more), judged('build'))
      .leaves({ build: 'escalated' })
      .when(amends('docs', 'docs-2'))
      .then('contract-amended', 'verification-started')
      .leaves({ build: 'escalated' });
  });

  it('does not reopen what is sealed', () => {
    const chain = plan({
      modules: { design: { feedback: { build: 2 } }, build: { needs: ['design'] } },
    });
    given(chain, ...sealed('design'))
      .leaves({ design: 'passed', build: 'generating' })
      .when(submits('build', { findings: { design: ['one more'] } }))
      .leaves({ design: 'generating', build: 'submitted' });
  });

  it('leaves its pass to a module that has no budget for another turn, and says why', () => {
    const poor = plan({
      modules: {
        design: { feedback: { build: 2 }, budget: { tokens: 1_000 }, onExhausted: [] },
        build: {},
      },
    });
    const spent = { tokens: 960, microUsd: 0, turns: 0, ms: 0 };
    const scenario = given(poor, submits('design', { spent }), judged('design'));
    scenario
      .when(submits('build', { findings: { design: ['the schema has no version'] } }))
      .then(
        'submission-received',
        { type: 'feedback-given', from: build, to: design, round: 1, over: false },
        { type: 'feedback-taken', module: design, unanswered: expect.stringContaining('tokens') },
        'evaluation-started',
      )
      .leaves({ design: 'passed', build: 'evaluating' });
    expect(scenario.module('design').evidence).toMatchObject([
      { kind: 'feedback', says: 'build: the schema has no version' },
    ]);
    scenario.when(judged('build'), judged('design')).leaves({ design: 'sealed', build: 'sealed' });
  });

  it('leaves its pass to a module that passes with the last of its budget', () => {
    const poor = plan({
      modules: {
        design: { feedback: { build: 2 }, budget: { tokens: 1_000 }, onExhausted: [] },
        build: {},
      },
    });
    const spent = { tokens: 960, microUsd: 0, turns: 0, ms: 0 };
    given(poor, submits('build', { findings: { design: ['more'] } }), submits('design', { spent }))
      .when(judged('design'))
      .then('verdict-given', 'module-passed', { type: 'feedback-taken', module: design })
      .leaves({ design: 'passed' });
  });

  it('counts no round for what is found in a sealed side', () => {
    const once = plan({ modules: { design: { feedback: { build: 1 } }, build: {}, other: {} } });
    const scenario = given(once, ...sealed('design', 'build'), judged('design'));
    scenario.leaves({ design: 'sealed', build: 'sealed' });
    const more = { findings: { design: ['still not'] } };
    scenario.when(reopens('build', 'build-2'), listed('build'));
    for (const attempt of [1, 2, 3]) {
      scenario
        .when(submits('build', more))
        .then(
          'submission-received',
          { type: 'feedback-given', from: build, to: design, round: 0, over: false },
          'evaluation-started',
        );
      if (attempt < 3) scenario.when(judged('build', { unit: 'failed' }));
    }
    scenario.when(judged('build'));
    expect(scenario.events.map(({ type }) => type)).not.toContain('module-escalated');
    expect(scenario.module('design').evidence).toEqual([]);
  });

  it('begins anew once both sides were sealed', () => {
    const once = plan({
      modules: {
        base: {},
        design: { soft: ['base'], feedback: { build: 1 } },
        build: { soft: ['base'] },
        other: {},
      },
    });
    const more = { findings: { design: ['not yet'] } };
    const scenario = given(once, ...sealed('base'), ...sealed('design'));
    scenario.when(submits('build', more), judged('build'), submits('design'), judged('design'));
    scenario.when(judged('build')).leaves({ design: 'sealed', build: 'sealed' });
    scenario.when(reopens('base', 'base-2'), listed('base'), ...sealed('base'));
    // Neither passes with the new base: both are sealed no more.
    const again = { unit: 'failed' } as const;
    scenario.when(judged('design', again), judged('build'), ...sealed('design'));
    scenario.when(judged('build', again));
    scenario
      .leaves({ design: 'passed', build: 'generating' })
      .when(submits('build', more))
      .then(
        'submission-received',
        { type: 'feedback-given', from: build, to: design, round: 1, over: false },
        { type: 'feedback-taken', module: design },
        'evaluation-started',
        { type: 'generation-started', module: design },
      );
  });
});
