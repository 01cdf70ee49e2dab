import { describe, expect, it } from 'vitest';
import { elapsedMs } from '../../src/core/allowance.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import { given, givenRun, type Scenario } from '../support/scenario.ts';
import { checksPrerequisites } from '../support/scenario-beginning.ts';
import {
  aborted,
  closed,
  composed,
  delivered,
  ends,
  judged,
  listed,
  sealed,
  submits,
  takenOver,
} from '../support/scenario-moves.ts';
import { amends, cancels, pauses, reopens, resumes } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });

const minute = 60_000;
const elapsed = ({ state }: Scenario): number => elapsedMs(state, state.at);

describe('a paused run', () => {
  it('starts nothing, lets what is at work end, and goes on where it was', () => {
    given(pair)
      .when(pauses)
      .then('run-paused')
      .when(submits('lexer'))
      .then('submission-received')
      .leaves({ lexer: 'submitted' })
      .when(resumes)
      .then('run-resumed', 'evaluation-started');
  });

  it('takes amendments and reopenings', () => {
    given(pair, ...sealed('lexer'), pauses)
      .when(reopens('lexer', 'lexer-2'))
      .then('module-reopened', 'contract-amended')
      .when(resumes)
      .then('run-resumed', 'verification-started');
  });

  it('is not delivered before it is resumed', () => {
    given(pair, ...sealed('lexer'), submits('parser'), pauses)
      .when(judged('parser'))
      .then('verdict-given', 'module-sealed')
      .when(resumes)
      .then('run-resumed', 'delivery-started');
  });

  it('is paused and resumed once', () => {
    given(pair, pauses).when(pauses).refused('already-paused');
    given(pair).when(resumes).refused('not-paused');
  });
});

describe('the minutes of a run', () => {
  it('leave pauses out', () => {
    const run = given(pair, pauses)
      .passes(60 * minute)
      .when(resumes);
    expect(elapsed(run)).toBeLessThan(minute);
  });

  it('leave out the time in which nobody drove it', () => {
    const run = given(pair)
      .passes(60 * minute)
      .when(takenOver);
    expect(elapsed(run)).toBeLessThan(minute);
  });

  it('leave out the time between its end and its reopening, and count it once', () => {
    const built = given(pair, ...sealed('lexer', 'parser'), delivered());
    const before = elapsed(built);
    built
      .when(closed)
      .passes(100 * minute)
      .when(takenOver)
      .passes(minute);
    built.when(reopens('lexer', 'lexer-2'));
    expect(elapsed(built)).toBe(before);
  });

  it.each([
    ['resumed', [resumes]],
    ['reopened', [reopens('lexer', 'lexer-2')]],
    ['paused, taken over and reopened', [pauses, takenOver, reopens('lexer', 'lexer-2'), resumes]],
    ['cancelled', [cancels]],
  ])('leave out the time until what could not be delivered is %s, once', (_, moves) => {
    const run = given(pair, ...sealed('lexer', 'parser'), delivered(false));
    const before = elapsed(run);
    for (const move of moves) run.passes(60 * minute).when(move);
    expect(elapsed(run)).toBe(before);
  });

  it('are not used up by a delivery that a person mends late', () => {
    const short = plan({ modules: { lexer: {} }, budget: { minutes: 60 } });
    const run = given(short, ...sealed('lexer'), delivered(false));
    run
      .passes(300 * minute)
      .when(resumes)
      .then('run-resumed', 'delivery-started');
    run.when(delivered());
    expect(run.state).toMatchObject({ phase: { at: 'finished' }, needPerson: 0 });
  });

  it('end a pause with the run', () => {
    const run = given(pair, ...sealed('lexer', 'parser'), pauses, delivered());
    expect(run.state.pausedAt).toBeNull();
    const before = elapsed(run);
    run
      .when(closed)
      .passes(100 * minute)
      .when(reopens('lexer', 'lexer-2'));
    expect(elapsed(run)).toBe(before);
    run.then('run-reopened', 'module-reopened', 'contract-amended', 'verification-started');
  });
});

/** What was at work is told to end, and ends. */
const abortAll = (run: Scenario): Scenario => {
  for (const effect of outstanding(run.state)) {
    if (effect.type !== 'write-postmortem') run.when(aborted(effect));
  }
  return run;
};

describe('a cancelled run', () => {
  const all = plan({
    modules: { lexer: {}, parser: { needs: ['lexer'] }, other: {} },
    tiers: { front: { modules: ['lexer'] } },
    gates: { agreed: { requires: ['lexer'] } },
  });

  it('aborts what is at work, settles what it cost, and ends in a postmortem', () => {
    const run = given(all, submits('lexer')).when(cancels).then('run-cancelled');
    expect(run.state.phase.at).toBe('cancelling');
    expect(run.effects.map(({ type }) => type)).toEqual(['abort', 'abort']);
    abortAll(run).then(
      { type: 'generation-ended', outcome: 'aborted' },
      {
        type: 'run-finished',
        outcome: 'cancelled',
        reason: 'enough',
      },
    );
    expect(run.state.reserved.tokens).toBe(0);
    run.when(closed).then('postmortem-written');
  });

  it('takes what an agent still hands in, and starts nothing with it', () => {
    const run = given(all).when(cancels, submits('lexer')).then('submission-received');
    abortAll(run).leaves({ lexer: 'submitted', other: 'ready' });
  });

  it('does not wait for a provider’s pause', () => {
    const run = given(pair)
      .when(cancels, ends('lexer', 'failed', { restMs: 60_000 }))
      .then({ type: 'generation-ended', restMs: 0 }, 'run-finished');
    expect(run.effects).toMatchObject([{ type: 'write-postmortem' }]);
  });

  it('aborts judgements, listings, planners, rests and what is composed', () => {
    const busy = given(
      all,
      ...sealed('lexer'),
      submits('parser'),
      ends('other', 'failed', { restMs: 9 }),
    );
    expect(outstanding(busy.state).map(({ type }) => type)).toEqual([
      'evaluate',
      'rest',
      'integrate',
      'compose-subject',
    ]);
    abortAll(busy.when(cancels)).then('integration-ended', 'run-finished');

    const listing = given(pair, ...sealed('lexer'), reopens('lexer', 'lexer-2'));
    expect(outstanding(listing.state)[0]).toMatchObject({ type: 'verify-contract' });
    abortAll(listing.when(cancels)).then('generation-ended', 'run-finished');
  });

  it('is over at once where nothing is at work', () => {
    const idle = plan({ modules: { lexer: { budget: { attempts: 1 } } } });
    given(idle, submits('lexer'), judged('lexer', { unit: 'failed' }))
      .leaves({ lexer: 'escalated' })
      .when(cancels)
      .then('run-cancelled', 'run-finished');
  });

  it('does not start when its prerequisites turn out to be met', () => {
    const checked = plan({ modules: { lexer: {} }, prerequisites: ['node'] });
    const run = givenRun({ plan: checked, until: 'prerequisites' });
    const late = run.told(checksPrerequisites());
    run.when(cancels).then('run-cancelled', 'run-finished').when(late).then('late-result-rejected');
  });

  it('is final', () => {
    const run = given(pair, ...sealed('lexer'), cancels);
    run.when(cancels).refused('run-cancelling');
    run.when(reopens('lexer', 'lexer-2')).refused('run-cancelling');
    abortAll(run).when(closed);
    run.when(reopens('lexer', 'lexer-2')).refused('run-over');
    run.when(amends('parser', 'parser-2')).refused('run-over');
    run.when(pauses).refused('run-over');
    run.when(resumes).refused('run-over');
    run.when(cancels).refused('run-over');
  });

  it('ends what a dead driver left, without performing it again', () => {
    const run = given(all, ...sealed('lexer'), submits('parser'), cancels)
      .when(takenOver)
      .then(
        'driver-started',
        'generation-ended',
        'evaluation-ended',
        'integration-ended',
        'integration-ended',
        { type: 'run-finished', outcome: 'cancelled' },
      );
    expect(run.effects).toMatchObject([{ type: 'write-postmortem' }]);
  });

  it('cannot be one that is just being delivered', () => {
    given(pair, ...sealed('lexer', 'parser'))
      .when(cancels)
      .refused('run-busy');
  });
});

describe('a delivery', () => {
  it('that fails waits for a person, who resumes or reopens', () => {
    const failed = () => given(pair, ...sealed('lexer', 'parser'), delivered(false));
    failed()
      .then({ type: 'delivery-failed', message: 'no space' })
      .when(resumes)
      .then('run-resumed', 'delivery-started')
      .when(delivered())
      .then('delivered', 'run-finished');
    failed()
      .when(reopens('parser', 'parser-2'), listed('parser'), ...sealed('parser'))
      .then('verdict-given', 'module-sealed', 'delivery-started');
    failed().when(cancels).then('run-cancelled', 'run-finished');
  });

  it('that failed waits for a person to resume where a module is reopened in a pause', () => {
    const run = given(pair, ...sealed('lexer', 'parser'), delivered(false), pauses);
    run
      .when(reopens('parser', 'parser-2'))
      .then('run-reopened', 'module-reopened', 'contract-amended')
      .leaves({ lexer: 'sealed', parser: 'verifying' });
    expect(run.state).toMatchObject({ pausedAt: expect.any(Number), phase: { at: 'building' } });
    expect(run.state.needPerson).toBe(0);
    run
      .when(resumes)
      .then('run-resumed', 'verification-started')
      .when(listed('parser'), ...sealed('parser'))
      .then('verdict-given', 'module-sealed', 'delivery-started');
  });

  it('does not begin while somebody is asked', () => {
    const asking = plan({ modules: { lexer: {} }, gates: { ship: { requires: ['lexer'] } } });
    given(asking, ...sealed('lexer'))
      .when(composed('ship', 'x'))
      .then('approval-requested');
  });
});
