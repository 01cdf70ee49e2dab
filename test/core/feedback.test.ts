import { describe, expect, it } from 'vitest';
import { moduleId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import { judged, sealed, submits } from '../support/scenario-moves.ts';
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

  it('does not reopen what is sealed', () => {
    const chain = plan({
      modules: { design: { feedback: { build: 2 } }, build: { needs: ['design'] } },
    });
    given(chain, ...sealed('design'))
      .leaves({ design: 'passed', build: 'generating' })
      .when(submits('build', { findings: { design: ['one more'] } }))
      .leaves({ design: 'generating', build: 'submitted' });
  });
});
