import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import {
  aborted,
  arbiterFails,
  arbitrated,
  effectOf,
  ends,
  judged,
  listed,
  planned,
  plannerFails,
  sealed,
  submits,
  takenOver,
} from '../support/scenario-moves.ts';
import { amends, cancels, decides, pauses, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });
const pair = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });
const twoReviewers = plan({ modules: { lexer: { reviewers: 2 } } });

const failing = [submits('lexer'), judged('lexer', { unit: 'failed' })];
const heldBack = [submits('lexer'), judged('lexer', { review: 'NEEDS_REVISION' })];
const disputes = ends('lexer', 'disputed');

describe('a disputed verdict that rests on a check', () => {
  it('has the check run again on that very submission', () => {
    const run = given(alone, ...failing)
      .when(disputes)
      .then(
        { type: 'generation-ended', outcome: 'disputed' },
        { type: 'conflict-detected', kind: 'verdict-disputed' },
        { type: 'dispute-opened', rule: 'evidence', by: 'builder' },
        { type: 'evaluation-started', attempt: 1, tree: 'tree-lexer-1' as never },
      );
    expect(run.module('lexer').life).toMatchObject({
      submission: { rejudged: { by: 'evidence', attempt: 1, epoch: 1 } },
    });
  });

  it('stands where the check fails again; the next builder reads why, and no attempt is used', () => {
    const run = given(alone, ...failing, disputes)
      .when(judged('lexer', { unit: 'failed' }))
      .then(
        { type: 'conflict-resolved', rule: 'evidence', decided: 'uphold' },
        { type: 'verdict-given', verdict: 'FAIL' },
        { type: 'generation-started', attempt: 3 },
      );
    expect(run.module('lexer')).toMatchObject({ judged: 1, conflict: null });
    expect(run.module('lexer').notices[0]?.says).toContain('fails again');
  });

  it('is held against the check where that gives another outcome for the same files', () => {
    given(alone, ...failing, disputes)
      .when(judged('lexer'))
      .then(
        'check-unstable',
        { type: 'conflict-resolved', rule: 'evidence', decided: 'amend' },
        { type: 'module-escalated', reason: 'check-unstable' },
      );
  });

  it('gives way where what it depends on has changed and it passes now', () => {
    const run = given(pair, ...sealed('lexer'), submits('parser'));
    run.when(judged('parser', { unit: 'failed' }), ends('parser', 'disputed'));
    run
      .when(judged('parser', { below: '-other' }))
      .then(
        { type: 'conflict-resolved', rule: 'evidence', decided: 'overturn' },
        { type: 'verdict-given', verdict: 'PASS' },
        { type: 'module-sealed', attempt: 1 },
        'delivery-started',
      );
  });

  it('gives its attempt back with that, which the reviewer may take again', () => {
    const run = given(pair, ...sealed('lexer'), submits('parser'));
    run.when(judged('parser', { unit: 'failed' }), ends('parser', 'disputed'));
    expect(run.module('parser').judged).toBe(1);
    run.when(judged('parser', { below: '-other', review: 'NEEDS_REVISION' }));
    expect(run.module('parser').judged).toBe(1);
    run.when(ends('parser', 'disputed'), arbitrated('parser', 'overturn'));
    expect(run.module('parser').judged).toBe(0);
  });

  it('waits for the reviewer’s word where the checks pass now', () => {
    const rerun = () =>
      given(pair, ...sealed('lexer'), submits('parser')).when(
        judged('parser', { unit: 'failed' }),
        ends('parser', 'disputed'),
      );
    rerun()
      .when(judged('parser', { below: '-other', review: 'NEEDS_REVISION' }))
      .then(
        { type: 'conflict-resolved', rule: 'evidence', decided: 'uphold' },
        { type: 'verdict-given', verdict: 'NEEDS_REVISION' },
        { type: 'generation-started', attempt: 3 },
      );
    const silent = rerun().when(judged('parser', { below: '-other', review: null }));
    silent.then({ type: 'module-escalated', reason: 'agent-failing' });
    expect(silent.events.some(({ type }) => type === 'conflict-resolved')).toBe(false);
    expect(silent.module('parser').conflict).not.toBeNull();
    silent
      .when(decides('parser', 'uphold'))
      .then({ type: 'conflict-resolved', decided: 'uphold' }, 'generation-started');
  });

  it('goes to an arbiter when it is disputed once more, and then to a person', () => {
    given(alone, ...failing, disputes, judged('lexer', { unit: 'failed' }))
      .when(disputes)
      .then(
        'generation-ended',
        'conflict-detected',
        { type: 'dispute-opened', rule: 'arbiter' },
        { type: 'arbitration-started', arbitration: 1, epoch: 1 },
      )
      .when(arbitrated('lexer', 'uphold'))
      .then(
        { type: 'conflict-resolved', rule: 'arbiter', decided: 'uphold' },
        { type: 'generation-started', attempt: 4 },
      )
      .when(disputes)
      .then(
        'generation-ended',
        'conflict-detected',
        { type: 'dispute-opened', rule: 'person' },
        { type: 'module-escalated', reason: 'disputed' },
      )
      .when(decides('lexer', 'uphold'))
      .then({ type: 'conflict-resolved', rule: 'person', by: 'ada' }, 'generation-started')
      .when(disputes)
      .then(
        { type: 'generation-ended', outcome: 'refused' },
        { type: 'module-escalated', reason: 'agent-refused' },
      );
  });

  it('can never be overturned by a word: an arbiter who does is not heeded, a person is refused', () => {
    given(alone, ...failing, disputes, judged('lexer', { unit: 'failed' }), disputes)
      .when(arbitrated('lexer', 'overturn'))
      .then('arbitration-failed', { type: 'module-escalated', reason: 'disputed' })
      .when(decides('lexer', 'overturn'))
      .refused('not-possible');
  });

  it('is not a person’s to decide while the check is being run', () => {
    given(alone, ...failing, disputes)
      .when(decides('lexer', 'uphold'))
      .refused('not-to-decide');
  });
});

describe('a disputed verdict that rests on paths alone', () => {
  it('is upheld by ownership at once', () => {
    const problem = { check: null, test: null, file: 'x', line: null, says: 'not yours' };
    given(alone, submits('lexer', { problems: [{ kind: 'scope', ...problem }] }), judged('lexer'))
      .when(disputes)
      .then(
        'generation-ended',
        'conflict-detected',
        { type: 'dispute-opened', rule: 'ownership' },
        { type: 'conflict-resolved', rule: 'ownership', decided: 'uphold' },
        'generation-started',
      );
  });
});

describe('a disputed verdict that a reviewer alone gave', () => {
  const before = given(alone, ...heldBack, disputes);

  it('goes to an arbiter, and costs nothing but that', () => {
    before.leaves({ lexer: 'disputed' });
    expect(before.state.atWork).toEqual({ planners: 1, builders: 0, reviewers: 0 });
  });

  it('passes by its checks alone where it is overturned', () => {
    given(alone, ...heldBack, disputes)
      .when(arbitrated('lexer', 'overturn'))
      .then(
        { type: 'conflict-resolved', rule: 'arbiter', decided: 'overturn' },
        { type: 'evaluation-started', attempt: 1 },
      )
      .when(judged('lexer', { review: 'FAIL' }))
      .then(
        { type: 'verdict-given', verdict: 'PASS' },
        { type: 'module-sealed', attempt: 1 },
        'delivery-started',
      );
  });

  it('is a FAIL all the same where its checks fail by then', () => {
    given(alone, ...heldBack, disputes, arbitrated('lexer', 'overturn'))
      .when(judged('lexer', { unit: 'failed' }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });

  it('gives its attempt back where it is overturned, and only what it took', () => {
    const run = given(alone, ...heldBack);
    expect(run.module('lexer').judged).toBe(1);
    run.when(disputes, arbitrated('lexer', 'overturn'));
    expect(run.module('lexer').judged).toBe(0);
    // By the word that was given its checks alone decide: what they say is a verdict of its own.
    run.when(judged('lexer', { unit: 'failed' }));
    expect(run.module('lexer').judged).toBe(1);
  });

  it('gives none back of a confirmation that failed, which took none', () => {
    const soft = plan({ modules: { lexer: {}, parser: { soft: ['lexer'] } } });
    const run = given(soft, submits('parser'), judged('parser', { unit: 'failed' }));
    run.when(...sealed('parser', 'lexer'), judged('parser', { review: 'FAIL' }));
    expect(run.module('parser')).toMatchObject({ judged: 1, confirmations: 1 });
    run.when(ends('parser', 'disputed'), arbitrated('parser', 'overturn'));
    expect(run.module('parser')).toMatchObject({ life: { at: 'evaluating' }, judged: 1 });
  });

  it('gives it back where only the dispute about its tests stood in the way', () => {
    const run = given(
      alone,
      submits('lexer'),
      judged('lexer', { testsWrong: 'they ask too much' }),
    );
    expect(run.module('lexer').judged).toBe(1);
    run.when(arbitrated('lexer', 'uphold'));
    expect(run.module('lexer')).toMatchObject({ life: { at: 'evaluating' }, judged: 0 });
  });

  it('can end in an amended contract', () => {
    given(alone, ...heldBack, disputes)
      .when(arbitrated('lexer', 'amend'))
      .then(
        { type: 'conflict-resolved', decided: 'amend' },
        { type: 'amendment-requested', source: 'dispute' },
        'amendment-started',
      )
      .when(planned('lexer', 'lexer-2'), listed('lexer'), ...sealed('lexer'))
      .leaves({ lexer: 'sealed' });
  });

  it('asks a person for the contract where no planner writes it', () => {
    given(alone, ...heldBack, disputes, arbitrated('lexer', 'amend'))
      .when(plannerFails('lexer', false))
      .then('amendment-failed', { type: 'module-escalated', reason: 'contract-needed' });
  });
});

describe('an arbiter', () => {
  it('that fails is replaced, and after three a person decides', () => {
    given(alone, ...heldBack, disputes)
      .when(arbiterFails('lexer', true))
      .then('arbitration-failed', { type: 'arbitration-started', arbitration: 1, epoch: 2 })
      .when(arbiterFails('lexer', true), arbiterFails('lexer', true))
      .then('arbitration-failed', { type: 'module-escalated', reason: 'disputed' })
      .when(decides('lexer', 'overturn'))
      .then({ type: 'conflict-resolved', rule: 'person' }, 'evaluation-started');
  });

  it('that there is none of leaves it to a person at once', () => {
    const run = given(alone, ...heldBack, disputes, arbiterFails('lexer', false));
    run.leaves({ lexer: 'escalated' });
    expect(run.state.needPerson).toBe(1);
    run
      .when(decides('lexer', 'amend'))
      .then(
        { type: 'conflict-resolved', rule: 'person', decided: 'amend' },
        { type: 'amendment-requested', source: 'dispute' },
        'amendment-started',
      );
    expect(run.state.needPerson).toBe(0);
  });

  it('is replaced by another driver’s after a crash', () => {
    given(alone, ...heldBack, disputes)
      .when(takenOver)
      .then(
        'driver-started',
        { type: 'arbitration-failed', code: 'lost' },
        { type: 'arbitration-started', epoch: 2 },
      );
  });

  it('that is stopped is asked again', () => {
    const run = given(alone, ...heldBack, disputes);
    run
      .when(aborted(effectOf(run.state, 'arbitrate', 'lexer')))
      .then('arbitration-failed', 'arbitration-started');
  });

  it('comes too late once a person has decided', () => {
    const run = given(alone, ...heldBack, disputes);
    const late = run.told(arbitrated('lexer', 'overturn'));
    run
      .when(decides('lexer', 'uphold'))
      .then('arbitration-failed', 'conflict-resolved', 'generation-started')
      .when(late)
      .then('late-result-rejected');
  });

  it('is not asked while the run is paused', () => {
    given(alone, ...heldBack, pauses)
      .when(disputes)
      .leaves({ lexer: 'disputed' });
  });

  it('ends with a run that is cancelled', () => {
    const run = given(alone, ...heldBack, disputes, cancels);
    run
      .when(aborted(effectOf(run.state, 'arbitrate', 'lexer')))
      .then('arbitration-failed', { type: 'run-finished', outcome: 'cancelled' });
  });
});

describe('a contract that a person amends', () => {
  it('ends the dispute under the old one', () => {
    const run = given(alone, ...heldBack, disputes)
      .when(amends('lexer', 'lexer-2'))
      .then(
        'arbitration-failed',
        { type: 'conflict-resolved', rule: 'person', decided: 'amend', by: 'ada' },
        'contract-amended',
        'verification-started',
      );
    expect(run.module('lexer')).toMatchObject({ conflict: null, judgement: null });
  });

  it('ends it also while its checks are being run again', () => {
    given(alone, ...failing, disputes)
      .when(amends('lexer', 'lexer-2'))
      .then({ type: 'conflict-resolved', decided: 'amend' }, 'contract-amended')
      .when(judged('lexer'))
      .then('evaluation-ended', 'verification-started');
  });
});

describe('a builder that disputes', () => {
  it('what nobody judged has refused its work', () => {
    given(alone)
      .when(disputes)
      .then(
        { type: 'generation-ended', outcome: 'refused' },
        { type: 'module-escalated', reason: 'agent-refused' },
      );
  });

  it('a verdict that a new contract has superseded just ends', () => {
    given(alone, ...heldBack, amends('lexer', 'lexer-2'))
      .when(disputes)
      .then({ type: 'generation-ended', outcome: 'disputed' }, 'verification-started');
  });
});

describe('tests that a reviewer holds to be wrong', () => {
  it('let nothing pass before an arbiter has spoken', () => {
    given(alone, submits('lexer'))
      .when(judged('lexer', { testsWrong: 'they ask for tabs' }))
      .then(
        { type: 'verdict-given', verdict: 'NEEDS_REVISION' },
        { type: 'conflict-detected', kind: 'tests-disputed' },
        { type: 'dispute-opened', rule: 'arbiter', by: 'reviewer', ifUpheld: 'pass' },
        'arbitration-started',
      );
  });

  it('that are upheld let pass what nothing else held back', () => {
    given(alone, submits('lexer'), judged('lexer', { testsWrong: 'no' }))
      .when(arbitrated('lexer', 'uphold'))
      .then('conflict-resolved', 'evaluation-started')
      .when(judged('lexer'))
      .then({ type: 'verdict-given', verdict: 'PASS' }, 'module-sealed', 'delivery-started');
  });

  it('that are upheld leave the rest of the verdict as it is', () => {
    given(alone, submits('lexer'), judged('lexer', { review: 'FAIL', testsWrong: 'no' }))
      .when(arbitrated('lexer', 'uphold'))
      .then('conflict-resolved', 'generation-started');
  });

  it('never make a failing check pass', () => {
    given(alone, submits('lexer'), judged('lexer', { unit: 'failed', testsWrong: 'no' }))
      .when(arbitrated('lexer', 'uphold'))
      .then('conflict-resolved', 'generation-started');
  });

  it('are written anew where the arbiter agrees', () => {
    given(alone, submits('lexer'), judged('lexer', { testsWrong: 'no' }))
      .when(arbitrated('lexer', 'amend'))
      .then(
        'conflict-resolved',
        { type: 'amendment-requested', source: 'dispute' },
        'amendment-started',
      );
  });
});

describe('reviewers who disagree', () => {
  const differ = [submits('lexer'), judged('lexer', { others: ['NEEDS_REVISION'] })];

  it('leave the stricter to stand until it is arbitrated', () => {
    given(twoReviewers, submits('lexer'))
      .when(judged('lexer', { others: ['NEEDS_REVISION'] }))
      .then(
        { type: 'verdict-given', verdict: 'NEEDS_REVISION' },
        { type: 'conflict-detected', kind: 'reviewers-disagree' },
        { type: 'dispute-opened', rule: 'arbiter', by: 'reviewer' },
        'arbitration-started',
      )
      .leaves({ lexer: 'disputed' });
  });

  it('have the stricter upheld, or the milder: the checks decide then', () => {
    given(twoReviewers, ...differ)
      .when(arbitrated('lexer', 'uphold'))
      .then('conflict-resolved', 'generation-started');
    given(twoReviewers, ...differ)
      .when(arbitrated('lexer', 'overturn'), judged('lexer'))
      .then({ type: 'verdict-given', verdict: 'PASS' }, 'module-sealed', 'delivery-started');
  });

  it('but all want it revised need no arbiter', () => {
    given(twoReviewers, submits('lexer'))
      .when(judged('lexer', { review: 'FAIL', others: ['NEEDS_REVISION'] }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });

  it('about what fails its checks need none either', () => {
    given(twoReviewers, submits('lexer'))
      .when(judged('lexer', { unit: 'failed', others: ['NEEDS_REVISION'] }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });
});

describe('a dispute below which something is reopened', () => {
  it('is judged on what is sealed then', () => {
    given(pair, ...sealed('lexer'), submits('parser'))
      .when(judged('parser', { review: 'FAIL' }), ends('parser', 'disputed'))
      .when(reopens('lexer', 'lexer-2'), arbitrated('parser', 'overturn'))
      .leaves({ parser: 'submitted' })
      .when(listed('lexer'), ...sealed('lexer'))
      .leaves({ parser: 'evaluating' })
      .when(judged('parser', { unit: 'failed' }))
      .then({ type: 'verdict-given', verdict: 'FAIL' }, 'generation-started');
  });
});
