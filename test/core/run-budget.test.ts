import { describe, expect, it } from 'vitest';
import { moduleId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import { ends, judged, outOfTime, sealed, submits } from '../support/scenario-moves.ts';
import { changesBudget, pauses } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const spent = (tokens: number) => ({ spent: { tokens, microUsd: 0, turns: 0, ms: 0 } });
/** Each attempt reserves 50,000 tokens of the module's 100,000. */
const scarce = plan({ modules: { a: {}, b: {}, c: {} }, budget: { tokens: 120_000 } });

describe("a run's budget", () => {
  it('is reserved before it is spent: what does not fit waits for what comes back', () => {
    given(scarce)
      .leaves({ a: 'generating', b: 'generating', c: 'ready' })
      .when(submits('a', spent(1_000)))
      .then('budget-spent', 'submission-received', 'evaluation-started', 'budget-reserved')
      .when(judged('a'))
      .then(
        'budget-spent',
        'check-finished',
        'verdict-given',
        'module-sealed',
        'generation-started',
        'budget-reserved',
      )
      .leaves({ c: 'generating' });
  });

  it('gives what is left where nothing can come back', () => {
    const run = given(plan({ modules: { a: {} }, budget: { tokens: 20_000 } }));
    expect(run.events).toMatchObject([
      {},
      { type: 'generation-started' },
      { amount: { tokens: 20_000 } },
    ]);
  });

  it('is exhausted, and asks a person, where less than a tenth is left of what is wanted', () => {
    const run = given(
      plan({ modules: { a: {} }, budget: { tokens: 52_000 } }),
      submits('a', spent(50_000)),
    )
      .when(judged('a', { unit: 'failed' }))
      .then('verdict-given', { type: 'budget-exhausted', module: null, what: 'tokens' });
    expect(run.state).toMatchObject({
      exhausted: [{ scope: 'run', what: 'tokens', least: 75_000 }],
      needPerson: 1,
    });
    run
      .when(changesBudget({ tokens: 200_000 }))
      .then('plan-changed', { type: 'generation-started', attempt: 2 });
    expect(run.state).toMatchObject({ exhausted: [], needPerson: 0 });
  });

  it('is exhausted as soon as one of its units is, whatever the others hold', () => {
    const run = given(plan({ modules: { a: {} }, budget: { tokens: 40_000, microUsd: 10_000 } }));
    expect(run.events.at(-1)).toMatchObject({ type: 'budget-exhausted', what: 'microUsd' });
    run.leaves({ a: 'ready' });
  });

  it('asks once, however much waits for it', () => {
    const wide = plan({
      modules: { a: { onExhausted: ['reframe'] }, b: {}, c: {} },
      budget: { tokens: 1_000 },
    });
    const run = given(wide);
    expect(run.events.filter(({ type }) => type === 'budget-exhausted')).toHaveLength(1);
    expect(run.state.needPerson).toBe(1);
  });

  it('of minutes holds all that would begin, and lets what is at work end', () => {
    const short = plan({ modules: { a: {}, b: { needs: ['a'] } }, budget: { minutes: 10 } });
    given(short)
      .passes(11 * 60_000)
      .when(outOfTime)
      .then({ type: 'budget-exhausted', module: null, what: 'ms' })
      .when(submits('a'))
      .then('submission-received')
      .when(changesBudget({ minutes: 60 }))
      .then('plan-changed', 'evaluation-started');
  });

  describe('of minutes, where it ends an agent', () => {
    const minute = 60_000;
    /** An attempt may take ten minutes of its module's twenty. */
    const short = plan({
      modules: { a: { budget: { minutes: 20 }, onExhausted: ['escalate'] } },
      budget: { minutes: 30 },
    });
    const exhausted = (ms: number) =>
      ends('a', 'exhausted', { what: 'ms', spent: { tokens: 0, microUsd: 0, turns: 0, ms } });

    it('is what is used up, whatever the module has left', () => {
      // It waited for its service most of the time, and is told to end a little earlier.
      const run = given(short)
        .passes(30 * minute - 4_000)
        .when(exhausted(2 * minute))
        .then('budget-spent', 'generation-ended', {
          ...{ type: 'budget-exhausted', module: null, scope: 'run', what: 'ms', least: null },
        });
      run
        .when(changesBudget({ minutes: 60 }))
        .then('plan-changed', { type: 'generation-started', attempt: 2 });
    });

    it('is not where the module used up its own, or much of its time is left', () => {
      for (const [passed, worked] of [
        [30 * minute - 4_000, 10 * minute - 5_000],
        [10 * minute, 2 * minute],
      ] as const) {
        given(short)
          .passes(passed)
          .when(exhausted(worked))
          .then(
            ...(['budget-spent', 'generation-ended'] as const),
            { type: 'budget-exhausted', module: moduleId('a'), what: 'ms' },
            'module-escalated',
          );
      }
    });
  });

  it('of minutes goes on in a pause', () => {
    const short = plan({ modules: { a: {} }, budget: { minutes: 10 } });
    given(short, pauses)
      .passes(60 * 60_000)
      .when(outOfTime)
      .then();
  });

  it('is charged in full where nobody knows what was spent', () => {
    const run = given(plan({ modules: { a: {} } }))
      .when(ends('a', 'failed', { spent: null }))
      .then(
        { type: 'budget-spent', inFull: true },
        'generation-ended',
        'generation-started',
        'budget-reserved',
      );
    expect(run.module('a').spent.tokens).toBe(50_000);
  });

  it('counts an overrun, and reserves nothing more of what is gone', () => {
    const run = given(
      plan({ modules: { a: {}, b: { needs: ['a'] } }, budget: { tokens: 90_000 } }),
    );
    run
      .when(submits('a', spent(89_000)))
      .then('submission-received', { type: 'budget-exhausted', what: 'tokens' });
    expect(run.state.spent.tokens).toBe(89_000);
    run.when(changesBudget({ tokens: 200_000 })).then('plan-changed', 'evaluation-started');
  });

  it('of nothing forbids spending, not working', () => {
    const free = plan({ modules: { a: { budget: { microUsd: 0 } } }, budget: { microUsd: 0 } });
    given(free, ...sealed('a')).then('verdict-given', 'module-sealed', 'delivery-started');
  });
});
