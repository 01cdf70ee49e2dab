import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import {
  ends,
  judged,
  listed,
  planned,
  plannerFails,
  splitFails,
  submits,
  vacuous,
} from '../support/scenario-moves.ts';
import { amends } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';
import type { ExhaustionStep } from '../../src/core/plan/plan.ts';

const oneAttempt = (...onExhausted: ExhaustionStep[]) =>
  plan({ modules: { lexer: { budget: { attempts: 1 }, onExhausted } } });
const failed = [submits('lexer'), judged('lexer', { unit: 'failed' })];

describe('when the attempts under a contract are used up', () => {
  it('a planner reframes the contract, at once where one is free', () => {
    given(oneAttempt('reframe'), submits('lexer'))
      .when(judged('lexer', { unit: 'failed' }))
      .then(
        'verdict-given',
        { type: 'budget-exhausted', what: 'attempts' },
        { type: 'amendment-requested', source: 'exhaustion' },
        { type: 'amendment-started', version: 2 },
      );
  });

  it('the reframed contract begins with a fresh budget and fresh attempts', () => {
    const run = given(oneAttempt('reframe'), ...failed, planned('lexer', 'reframed'))
      .then({ type: 'contract-amended', source: 'exhaustion' }, 'verification-started')
      .when(listed('lexer'))
      .then({ type: 'contract-written', version: 2 }, { type: 'generation-started', attempt: 2 });
    expect(run.module('lexer')).toMatchObject({ grants: 2, judged: 0, steps: 1 });
  });

  it('a person is asked next, then the module is given up and the run fails', () => {
    given(oneAttempt('reframe', 'escalate'), ...failed, planned('lexer', 'second'), listed('lexer'))
      .when(...failed)
      .then('verdict-given', 'budget-exhausted', { type: 'module-escalated', reason: 'exhausted' });
    given(oneAttempt('reframe'), ...failed, planned('lexer', 'second'), listed('lexer'))
      .when(...failed)
      .then('verdict-given', 'budget-exhausted', 'module-abandoned', {
        type: 'run-finished',
        outcome: 'failed',
      });
  });

  it('goes on to the person where no planner answers', () => {
    given(oneAttempt('reframe', 'escalate'), ...failed)
      .when(plannerFails('lexer', true))
      .then({ type: 'amendment-failed', retryable: true }, { type: 'amendment-started', epoch: 2 })
      .when(plannerFails('lexer', true), plannerFails('lexer', true))
      .then('amendment-failed', { type: 'module-escalated', reason: 'exhausted' });
  });

  it('goes on to the person where the planner changes nothing', () => {
    given(oneAttempt('reframe', 'escalate'), ...failed)
      .when(planned('lexer', 'lexer-contract-1'))
      .then({ type: 'amendment-failed', code: 'same-contract' }, 'module-escalated');
  });

  it("a person's amendment gives the module a fresh budget and all its steps", () => {
    const run = given(oneAttempt('escalate'), ...failed, amends('lexer', 'by-hand'))
      .when(listed('lexer'))
      .then('contract-written', { type: 'generation-started', attempt: 2 });
    expect(run.module('lexer')).toMatchObject({ grants: 2, steps: 0 });
  });

  it.each(['reframe', 'split'] as const)(
    'so it does once while a planner is at work on it for the step %s',
    (step) => {
      const late = step === 'reframe' ? plannerFails : splitFails;
      const run = given(oneAttempt(step), ...failed).leaves({ lexer: 'amending' });
      run.when(amends('lexer', 'by-hand'), amends('lexer', 'by-hand-too'), late('lexer', true));
      run.when(listed('lexer')).leaves({ lexer: 'generating' });
      expect(run.module('lexer')).toMatchObject({ grants: 2, judged: 0, steps: 0 });
      // And the steps of the plan are all there again.
      run
        .when(...failed)
        .then('verdict-given', 'budget-exhausted', 'amendment-requested', 'amendment-started');
    },
  );

  it('so it does while it waits for a planner, and what was spent before counts no more', () => {
    const two = plan({
      modules: {
        lexer: { budget: { tokens: 1_000 }, onExhausted: ['reframe'] },
        other: { contract: 'planner' },
      },
      pools: { planners: 1 },
    });
    const spent = { tokens: 960, microUsd: 0, turns: 0, ms: 0 };
    const run = given(two, submits('lexer', { spent }), judged('lexer', { unit: 'failed' }));
    expect(run.module('lexer').life).toMatchObject({ at: 'amending', order: null });
    run.when(amends('lexer', 'by-hand'), listed('lexer')).leaves({ lexer: 'generating' });
    expect(run.module('lexer')).toMatchObject({ grants: 2, steps: 0 });
  });

  it('but a draft that was refused has been given it before', () => {
    const run = given(oneAttempt('reframe'), ...failed, planned('lexer', 'two'), vacuous('lexer'));
    run.leaves({ lexer: 'amending' }).when(amends('lexer', 'by-hand'));
    expect(run.module('lexer').grants).toBe(2);
  });

  it('and so it has where no planner wrote another one, and a person is asked', () => {
    const run = given(oneAttempt('reframe'), ...failed, planned('lexer', 'two'), vacuous('lexer'));
    run.when(plannerFails('lexer', false)).leaves({ lexer: 'escalated' });
    run.when(amends('lexer', 'by-hand'));
    expect(run.module('lexer').grants).toBe(2);
  });

  it('so it does for a module that was given up while others went on', () => {
    const two = plan({
      modules: { lexer: { budget: { attempts: 1 }, onExhausted: [] }, other: {} },
    });
    const run = given(two, ...failed).leaves({ lexer: 'abandoned', other: 'generating' });
    run.when(amends('lexer', 'by-hand'), listed('lexer')).leaves({ lexer: 'generating' });
    expect(run.module('lexer').grants).toBe(2);
  });
});

describe('when the budget of a module is used up', () => {
  it('its next step is taken as soon as an agent says so', () => {
    given(oneAttempt('escalate'))
      .when(ends('lexer', 'exhausted'))
      .then('generation-ended', { type: 'budget-exhausted', what: 'tokens' }, 'module-escalated');
  });

  it('no further attempt begins with less than a twentieth of it', () => {
    const small = plan({ modules: { lexer: { budget: { tokens: 1_000 } } } });
    const spent = { tokens: 960, microUsd: 0, turns: 0, ms: 0 };
    given(small, submits('lexer', { spent }))
      .when(judged('lexer', { unit: 'failed' }))
      .then('verdict-given', { type: 'budget-exhausted', what: 'tokens' }, 'module-escalated');
  });

  it('each attempt may use half of what is left', () => {
    given(plan({ modules: { lexer: {} } }), submits('lexer', { spent: tokens(20_000) }))
      .when(judged('lexer', { unit: 'failed' }))
      .then('budget-spent', 'verdict-given', 'generation-started', {
        type: 'budget-reserved',
        amount: { tokens: 40_000, microUsd: 500_000, turns: 20, ms: 1_800_000 },
      });
  });
});

const tokens = (count: number) => ({ tokens: count, microUsd: 0, turns: 0, ms: 0 });
