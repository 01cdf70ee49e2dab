import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import {
  aborted,
  effectOf,
  ends,
  judged,
  listed,
  planned,
  rested,
  submits,
  takenOver,
  vacuous,
} from '../support/scenario-moves.ts';
import { amends } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });

describe('an amendment', () => {
  it('of a module that is being built ends the builder; its files are the next one’s beginning', () => {
    const run = given(alone).when(amends('lexer', 'lexer-2')).then('contract-amended');
    expect(run.effects).toMatchObject([
      { type: 'abort', order: effectOf(run.state, 'generate', 'lexer').order },
    ]);
    run
      .when(submits('lexer'))
      .then({ type: 'generation-ended', outcome: 'aborted' }, 'verification-started')
      .when(listed('lexer'))
      .then('contract-written', { type: 'generation-started', attempt: 2, epoch: 1, version: 2 });
    expect(run.module('lexer')).toMatchObject({ seed: tree('lexer-1'), judged: 0 });
  });

  it('does not count an ended builder as failed', () => {
    const run = given(alone, ends('lexer', 'failed'), amends('lexer', 'lexer-2'));
    run
      .when(aborted(effectOf(run.state, 'generate', 'lexer')))
      .then('generation-ended', 'verification-started')
      .when(listed('lexer'))
      .then('contract-written', { type: 'generation-started', attempt: 2, epoch: 1 });
  });

  it('of a submission that waits makes it a seed', () => {
    const busy = plan({ modules: { a: {}, b: {} }, pools: { reviewers: 1 } });
    const run = given(busy, submits('a'), submits('b'))
      .leaves({ b: 'submitted' })
      .when(amends('b', 'b-2'))
      .then('contract-amended', 'verification-started');
    expect(run.module('b').seed).toBe(tree('b-1'));
  });

  it('ends a rest: there is nobody to wait for', () => {
    const run = given(alone, ends('lexer', 'failed', { restMs: 60_000 }));
    const rest = effectOf(run.state, 'rest', 'lexer');
    const late = run.told(rested('lexer'));
    run.when(amends('lexer', 'lexer-2')).then('contract-amended', 'verification-started');
    expect(run.effects).toMatchObject([
      { type: 'abort', order: rest.order },
      { type: 'verify-contract' },
    ]);
    run.when(aborted(rest), late).then();
  });

  it('replaces another one whose tests are still being listed', () => {
    const run = given(alone, submits('lexer'), judged('lexer', { unit: 'unstable' }));
    run.when(amends('lexer', 'lexer-2'));
    const first = effectOf(run.state, 'verify-contract', 'lexer');
    const late = run.told(listed('lexer'));
    run.when(amends('lexer', 'lexer-3')).then({ type: 'contract-amended', version: 3 });
    expect(run.effects).toMatchObject([{ type: 'abort', order: first.order }]);
    run
      .when(late)
      .then('verification-ended', 'verification-started')
      .when(late)
      .then('late-result-rejected')
      .when(listed('lexer'))
      .then({ type: 'contract-written', version: 3 }, 'generation-started');
  });

  it('leaves what is being listed its resources until that has ended', () => {
    const port = { port: 1 };
    const shared = plan({
      resources: port,
      modules: { lexer: { checks: { unit: port } }, parser: { resources: port } },
      pools: { builders: 1 },
    });
    const run = given(shared, amends('lexer', 'lexer-2'), submits('lexer'));
    const listing = effectOf(run.state, 'verify-contract', 'lexer');
    run.leaves({ lexer: 'verifying', parser: 'ready' });
    run.when(amends('lexer', 'lexer-3')).leaves({ lexer: 'verifying', parser: 'ready' });
    expect(run.state.held).toEqual([1]);
    run
      .when(aborted(listing))
      .then('verification-ended', { type: 'verification-started', version: 3 });
    // Nothing is left of it where its driver has died.
    run
      .when(amends('lexer', 'lexer-4'), takenOver)
      .then('driver-started', 'verification-ended', { type: 'verification-started', version: 4 });
  });

  it('by a person goes before the one that a planner is writing', () => {
    const reframed = plan({
      modules: { lexer: { budget: { attempts: 1 }, onExhausted: ['reframe'] } },
    });
    given(reframed, submits('lexer'), judged('lexer', { unit: 'failed' }))
      .leaves({ lexer: 'amending' })
      .when(amends('lexer', 'by-hand'))
      .then({ type: 'contract-amended', version: 2, source: 'person' })
      .when(planned('lexer', 'by-planner'))
      .then({ type: 'amendment-failed', code: 'superseded' }, 'verification-started')
      .when(listed('lexer'))
      .then({ type: 'contract-written', contract: tree('by-hand') }, 'generation-started');
  });

  it('whose tests decide nothing is a person’s to amend again', () => {
    given(alone, submits('lexer'), judged('lexer', { unit: 'unstable' }), amends('lexer', 'empty'))
      .when(vacuous('lexer'))
      .then(
        { type: 'contract-refused', code: 'vacuous' },
        { type: 'module-escalated', reason: 'contract-refused' },
      )
      .when(amends('lexer', 'lexer-3'))
      .then({ type: 'contract-amended', version: 3 }, 'verification-started');
  });

  it('that changes nothing is refused', () => {
    given(alone).when(amends('lexer', 'lexer-contract-1')).refused('same-contract');
    given(alone).when(amends('nobody', 'x')).refused('unknown-module');
  });
});
