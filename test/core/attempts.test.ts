import { describe, expect, it } from 'vitest';
import { given, givenRun } from '../support/scenario.ts';
import { checksPrerequisites, tree } from '../support/scenario-beginning.ts';
import {
  closed,
  delivered,
  ends,
  integrated,
  judged,
  rested,
  sealed,
  submits,
} from '../support/scenario-moves.ts';
import { reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });
const pair = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });

describe('a run from beginning to end', () => {
  it('builds, judges, seals, integrates, delivers and closes with a postmortem', () => {
    const whole = plan({
      modules: { lexer: {}, parser: { needs: ['lexer'] } },
      tiers: { front: { modules: ['lexer', 'parser'] } },
      gates: { accept: { requires: ['tier:front'], checks: ['golden'] } },
    });
    given(whole)
      .leaves({ lexer: 'generating', parser: 'waiting' })
      .when(submits('lexer'))
      .then('submission-received', 'evaluation-started')
      .when(judged('lexer'))
      .then('verdict-given', 'module-sealed', { type: 'generation-started' })
      .when(...sealed('parser'))
      .then('verdict-given', 'module-sealed', 'integration-started')
      .when(integrated('tier:front'))
      .then('verdict-given', 'tier-integrated', 'gate-started')
      .when(integrated('gate:accept'))
      .then('verdict-given', 'gate-passed', 'delivery-started')
      .when(delivered())
      .then('delivered', { type: 'run-finished', outcome: 'complete' })
      .when(closed)
      .then('postmortem-written');
  });

  it('does not start before its prerequisites are met, and says which are not', () => {
    const run = givenRun({ plan: plan({ modules: { lexer: {} }, prerequisites: ['node'] }) });
    expect(run.state.phase.at).toBe('building');

    const unmet = plan({ modules: { lexer: {} }, prerequisites: ['node', 'gcc'] });
    const scenario = givenRun({ plan: unmet, until: 'prerequisites' });
    scenario
      .when(checksPrerequisites('gcc'))
      .then(
        { type: 'prerequisite-checked', name: 'node', passed: true },
        { type: 'prerequisite-checked', name: 'gcc', passed: false },
        { type: 'prerequisites-missing', names: ['gcc'] },
      );
  });

  it('starts the module with the longest remaining path first', () => {
    const chain = plan({
      modules: { short: {}, long: {}, last: { needs: ['long'], minutes: 50 } },
      pools: { builders: 1 },
    });
    given(chain).leaves({ long: 'generating', short: 'ready', last: 'waiting' });
  });

  it('holds builders back while more is handed in than reviewers can judge', () => {
    const wide = plan({
      modules: { a: {}, b: {}, c: {}, d: {}, e: {} },
      pools: { builders: 3, reviewers: 1 },
    });
    given(wide, submits('a'), submits('b')).when(submits('c')).leaves({
      a: 'evaluating',
      b: 'submitted',
      c: 'submitted',
      d: 'generating',
      e: 'generating',
    });
  });
});

describe('an attempt', () => {
  it('is followed by another one, with the evidence, after a FAIL', () => {
    const run = given(alone, submits('lexer'))
      .when(judged('lexer', { unit: 'failed' }))
      .then(
        { type: 'verdict-given', verdict: 'FAIL' },
        { type: 'generation-started', attempt: 2, epoch: 1 },
      );
    expect(run.module('lexer')).toMatchObject({
      judged: 1,
      seed: tree('lexer-1'),
      evidence: [{ check: 'unit' }],
    });
  });

  it('is replaced at the same number, one epoch on, when its agent stalls or fails', () => {
    given(alone)
      .when(ends('lexer', 'stalled'))
      .then('generation-ended', { type: 'generation-started', attempt: 1, epoch: 2 })
      .when(ends('lexer', 'failed'))
      .then('generation-ended', { type: 'generation-started', attempt: 1, epoch: 3 });
  });

  it('is given to a person after its fourth failure in a row', () => {
    given(alone, ends('lexer', 'failed'), ends('lexer', 'stalled'), ends('lexer', 'failed'))
      .when(ends('lexer', 'failed'))
      .then('generation-ended', { type: 'module-escalated', reason: 'agent-failing' });
  });

  it('counts failures anew after a revision', () => {
    const failing = [ends('lexer', 'failed'), ends('lexer', 'failed'), ends('lexer', 'failed')];
    given(alone, ...failing, submits('lexer'), judged('lexer', { unit: 'failed' }))
      .when(ends('lexer', 'failed'))
      .then('generation-ended', { type: 'generation-started', attempt: 2, epoch: 2 });
  });

  it('is given to a person when the agent refuses', () => {
    given(alone)
      .when(ends('lexer', 'refused'))
      .then('generation-ended', { type: 'module-escalated', reason: 'agent-refused' });
  });

  it('rests for as long as the provider asks, and keeps its number', () => {
    const run = given(alone).when(ends('lexer', 'failed', { restMs: 30_000 }));
    run.then('generation-ended').leaves({ lexer: 'resting' });
    expect(run.effects).toMatchObject([{ type: 'rest', ms: 30_000 }]);
    run
      .when(rested('lexer'))
      .then('rest-ended', { type: 'generation-started', attempt: 1, epoch: 2 });
  });

  it('goes on while a module that it needs is reopened, but is not judged before that stands again', () => {
    const run = given(pair, ...sealed('lexer'), reopens('lexer', 'lexer-2'));
    run.leaves({ lexer: 'verifying', parser: 'generating' });
    run.when(submits('parser')).then('submission-received').leaves({ parser: 'submitted' });
  });
});
