import { describe, expect, it } from 'vitest';
import { given, givenRun } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import {
  aborted,
  effectOf,
  judged,
  listed,
  planned,
  plannerFails,
  submits,
  takenOver,
  vacuous,
} from '../support/scenario-moves.ts';
import { amends, cancels } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: { contract: 'planner' } } });
const trio = plan({
  modules: {
    lexer: { contract: 'planner', minutes: 30 },
    parser: { contract: 'planner', needs: ['lexer'] },
    printer: {},
  },
  pools: { planners: 1 },
});

describe('a contract that the plan leaves to a planner', () => {
  it('is asked for when the run goes, by rank, while others are built', () => {
    const run = givenRun({ plan: trio, until: 'prerequisites' }).leaves({ lexer: 'amending' });
    expect([...run.state.toAmend]).toHaveLength(2);
    given(trio).leaves({ lexer: 'amending', parser: 'amending', printer: 'generating' });
    const { state } = given(trio);
    expect(effectOf(state, 'amend', 'lexer')).toMatchObject({ type: 'amend', source: 'missing' });
    expect(state.atWork.planners).toBe(1);
  });

  it('is version 1 once its tests are listed; its module starts at once', () => {
    const run = given(trio)
      .when(planned('lexer', 'lexer-1'))
      .then(
        { type: 'contract-amended', version: 1, source: 'missing', by: 'planner' },
        'verification-started',
        { type: 'amendment-started', version: 1 },
      )
      .when(listed('lexer'))
      .then(
        { type: 'contract-written', version: 1, contract: tree('lexer-1') },
        {
          type: 'generation-started',
          version: 1,
        },
      )
      .leaves({ lexer: 'generating', parser: 'amending' });
    expect(run.module('lexer').grants).toBe(1);
  });

  it('is listed as soon as all that its module needs has a draft, sealed or not', () => {
    const both = plan({
      modules: {
        lexer: { contract: 'planner' },
        parser: { contract: 'planner', needs: ['lexer'] },
      },
    });
    given(both)
      .when(planned('parser', 'parser-1'))
      .then('contract-amended')
      .leaves({ parser: 'verifying' })
      .when(planned('lexer', 'lexer-1'))
      .then(
        'contract-amended',
        { type: 'verification-started', module: 'lexer' as never },
        { type: 'verification-started', module: 'parser' as never },
      )
      .when(listed('parser'))
      .then('contract-written')
      .leaves({ parser: 'waiting', lexer: 'verifying' });
  });

  it('waits for the drafts of a whole tier, and never for its own', () => {
    const tiered = plan({
      modules: {
        a: { contract: 'planner' },
        b: { contract: 'planner' },
        c: { contract: 'planner', needs: ['tier:low'] },
      },
      tiers: { low: { modules: ['a', 'b'] } },
      pools: { planners: 3 },
    });
    given(tiered, planned('c', 'c-1'), planned('a', 'a-1'))
      .leaves({ c: 'verifying' })
      .when(planned('b', 'b-1'))
      .then('contract-amended', 'verification-started', {
        type: 'verification-started',
        module: 'c' as never,
      });
  });

  it('that decides nothing is asked for again with the reasons, under the same number', () => {
    const run = given(alone, planned('lexer', 'empty'))
      .when(vacuous('lexer'))
      .then(
        { type: 'contract-refused', version: 1, again: true },
        { type: 'amendment-started', version: 1, epoch: 1 },
      )
      .when(planned('lexer', 'better'))
      .then({ type: 'contract-amended', version: 1 }, 'verification-started')
      .when(listed('lexer'))
      .then(
        { type: 'contract-written', version: 1, contract: tree('better') },
        'generation-started',
      );
    const { contract } = run.module('lexer');
    expect(contract.history).toMatchObject([{ version: 1, tree: tree('better') }]);
    expect(contract).toMatchObject({ refusals: 0, refused: [] });
  });

  it('that decides nothing three times is a person’s to write', () => {
    const draft = (n: number) => [planned('lexer', `empty-${n}`), vacuous('lexer')];
    given(alone, ...draft(1), ...draft(2), ...draft(3))
      .then({ type: 'contract-refused' }, { type: 'module-escalated', reason: 'contract-refused' })
      .when(amends('lexer', 'by-hand'))
      .then({ type: 'contract-amended', version: 2, source: 'person' }, 'verification-started')
      .when(listed('lexer'))
      .then('contract-written', 'generation-started');
  });

  it('that no planner writes is a person’s to write', () => {
    given(alone)
      .when(plannerFails('lexer', true))
      .then('amendment-failed', { type: 'amendment-started', version: 1, epoch: 2 })
      .when(plannerFails('lexer', false))
      .then('amendment-failed', {
        type: 'module-escalated',
        reason: 'contract-needed',
        message: 'no planner wrote its contract (no answer): write it yourself',
      })
      .when(amends('lexer', 'by-hand'))
      .then({ type: 'contract-amended', version: 1, source: 'person' }, 'verification-started');
  });

  it('is no amendment of anything, whoever is at work beside its module', () => {
    const beside = plan({
      modules: { design: { contract: 'planner', feedback: { build: 1 } }, build: {} },
    });
    const run = given(beside, submits('build')).when(planned('design', 'one'));
    expect(run.events.map(({ type }) => type)).not.toContain('conflict-detected');
    // The next version is one.
    run.when(listed('design'), amends('design', 'two'));
    expect(run.events.map(({ type }) => type)).toContain('conflict-detected');
  });

  it('that a person writes first goes before the planner’s', () => {
    given(alone, amends('lexer', 'by-hand'))
      .when(planned('lexer', 'by-planner'))
      .then({ type: 'amendment-failed', code: 'superseded' }, 'verification-started')
      .when(listed('lexer'))
      .then(
        { type: 'contract-written', version: 1, contract: tree('by-hand') },
        'generation-started',
      );
  });

  it('is asked for again where a driver died, and not where the run is cancelled', () => {
    const run = given(alone)
      .when(takenOver)
      .then('driver-started', { type: 'amendment-failed', code: 'lost' }, 'amendment-started');
    const planner = effectOf(run.state, 'amend', 'lexer');
    run
      .when(cancels)
      .then('run-cancelled')
      .when(aborted(planner))
      .then('amendment-failed', { type: 'run-finished', outcome: 'cancelled' });
  });

  it('is taken over where a planner of an earlier run wrote it from the same input', () => {
    const run = givenRun({ plan: alone, written: ['lexer'] });
    const told = run.history.filter(({ type }) => type.startsWith('contract-'));
    expect(told).toMatchObject([
      { type: 'contract-amended', version: 1, source: 'earlier-run' },
      { type: 'contract-written', version: 1 },
    ]);
    run.leaves({ lexer: 'generating' });
  });
});

describe('a planner’s later draft that decides nothing', () => {
  const reframed = plan({
    modules: { lexer: { budget: { attempts: 1 }, onExhausted: ['reframe', 'escalate'] } },
  });

  it('is asked for again, and grants a fresh budget only once', () => {
    const run = given(
      reframed,
      submits('lexer'),
      judged('lexer', { unit: 'failed' }),
      planned('lexer', 'empty'),
    )
      .when(vacuous('lexer'))
      .then({ type: 'contract-refused', again: true }, { type: 'amendment-started', version: 2 })
      .when(planned('lexer', 'better'))
      .then({ type: 'contract-amended', version: 2, source: 'exhaustion' }, 'verification-started')
      .when(listed('lexer'))
      .then('contract-written', 'generation-started');
    expect(run.module('lexer')).toMatchObject({ grants: 2, steps: 1 });
  });
});
