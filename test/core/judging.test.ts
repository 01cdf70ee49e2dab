import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import { aborted, effectOf, judged, sealed, submits } from '../support/scenario-moves.ts';
import { amends, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });
const pair = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });

describe('a verdict', () => {
  it('can be made stricter by a reviewer', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { review: 'NEEDS_REVISION' }))
      .then(
        { type: 'verdict-given', verdict: 'NEEDS_REVISION' },
        { type: 'generation-started', attempt: 2 },
      );
  });

  it('can never be made milder by one', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { unit: 'failed', review: 'PASS' }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });

  it('is no PASS where a check ran out of time', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { unit: 'timed-out' }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });

  it('is no PASS where the submission left its paths', () => {
    const problem = { check: null, test: null, file: 'x', line: null, says: 'not yours' };
    given(alone, submits('lexer', { problems: [{ kind: 'scope', ...problem }] }))
      .when(judged('lexer'))
      .then({ type: 'verdict-given', verdict: 'NEEDS_REVISION' }, 'generation-started');
  });

  it('is not given on an unstable check: that is held against the contract', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { unit: 'unstable' }))
      .then('check-unstable', { type: 'module-escalated', reason: 'check-unstable' });
  });

  it('is not given where the reviewer that there is says nothing', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { review: null }))
      .then({ type: 'module-escalated', reason: 'agent-failing' });
  });

  it('needs no reviewer to be a FAIL', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { unit: 'failed', review: null }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });
});

describe('a judgement of what no longer stands', () => {
  it('does not count, and the submission is judged again when what it needs is sealed anew', () => {
    given(pair, ...sealed('lexer'), submits('parser'), reopens('lexer', 'lexer-2'))
      .when(judged('parser'))
      .then('evaluation-ended')
      .leaves({ parser: 'submitted' });
  });

  it('does not count after the contract was amended, and the submission is only a seed', () => {
    const run = given(alone, submits('lexer'), amends('lexer', 'lexer-2'))
      .when(judged('lexer'))
      .then('evaluation-ended', 'verification-started');
    expect(run.module('lexer').seed).toBe('tree-lexer-1');
  });

  it('leaves the submission to be judged again where it was only interrupted', () => {
    const run = given(alone, submits('lexer'));
    run
      .when(aborted(effectOf(run.state, 'evaluate', 'lexer')))
      .then('evaluation-ended', 'evaluation-started');
  });
});
