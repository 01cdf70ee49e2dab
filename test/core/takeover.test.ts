import { describe, expect, it } from 'vitest';
import { decide } from '../../src/core/decide.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import { given } from '../support/scenario.ts';
import {
  composed,
  ends,
  integrated,
  judged,
  listed,
  planned,
  sealed,
  submits,
  takenOver,
} from '../support/scenario-moves.ts';
import { amends, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] } },
  tiers: { front: { modules: ['lexer'] } },
});

describe('a driver that takes a run over', () => {
  it('replaces the builders that were at work, one epoch on, and charges them in full', () => {
    const run = given(pair)
      .when(takenOver)
      .then(
        { type: 'driver-started', driver: 2 },
        { type: 'budget-spent', inFull: true },
        { type: 'generation-ended', outcome: 'lost' },
        { type: 'generation-started', attempt: 1, epoch: 2 },
        'budget-reserved',
      );
    expect(run.module('lexer').restarts).toBe(0);
  });

  it('judges again under the same orders, on a reservation of its own', () => {
    const run = given(pair, ...sealed('lexer'), submits('parser'));
    const before = outstanding(run.state);
    run
      .when(takenOver)
      .then('driver-started', 'budget-spent', 'budget-reserved', 'budget-spent', 'budget-reserved');
    expect(outstanding(run.state)).toEqual(before);
    expect(run.effects).toEqual([]);
    run
      .when(integrated('tier:front'), judged('parser'))
      .leaves({ front: 'integrated', parser: 'sealed' });
  });

  it('does not judge again what would not count', () => {
    given(pair, ...sealed('lexer'), submits('parser'), reopens('lexer', 'lexer-2'))
      .when(takenOver)
      .then('driver-started', 'evaluation-ended', 'integration-ended')
      .leaves({ parser: 'submitted', front: 'waiting', lexer: 'verifying' });
  });

  it('never reserves more for a judgement than its module has left', () => {
    const small = plan({ modules: { lexer: { budget: { tokens: 10_000 } } } });
    const spent = { tokens: 7_000, microUsd: 0, turns: 0, ms: 0 };
    const run = given(small, submits('lexer', { spent }), takenOver);
    expect(run.events).toMatchObject([
      {},
      { type: 'budget-spent', amount: { tokens: 2_000 }, inFull: true },
      { type: 'budget-reserved', amount: { tokens: 1_000 } },
    ]);
  });

  it('asks a planner again, one epoch on', () => {
    const reframed = plan({
      modules: { lexer: { budget: { attempts: 1 }, onExhausted: ['reframe'] } },
    });
    given(reframed, submits('lexer'), judged('lexer', { unit: 'failed' }))
      .when(takenOver)
      .then(
        'driver-started',
        { type: 'amendment-failed', code: 'lost' },
        { type: 'amendment-started', epoch: 2 },
      );
  });

  it('goes on listing tests, resting and composing under the same orders', () => {
    const shipped = plan({
      modules: { a: {}, b: {}, c: {} },
      gates: { ship: { requires: ['a'] } },
    });
    const run = given(
      shipped,
      ...sealed('a'),
      ...sealed('b'),
      ends('c', 'failed', { restMs: 9_000 }),
    );
    run.when(reopens('b', 'b-2'));
    const before = outstanding(run.state);
    expect(before.map(({ type }) => type)).toEqual(['verify-contract', 'rest', 'compose-subject']);
    run.when(takenOver).then('driver-started');
    expect(outstanding(run.state)).toEqual(before);
    run.when(listed('b'), composed('ship', 'x')).leaves({ b: 'generating', ship: 'asked' });
  });

  it('begins nothing before the commands that were left for it are decided', () => {
    const { state } = given(pair);
    const { at } = state;
    const more = { type: 'start-driver', at, driver: 2, host: 'here', pid: 2 } as const;
    const taken = decide(state, more, false);
    if (!taken.ok) throw new Error(taken.refusal.message);
    expect(taken.effects).toEqual([]);
    const pool = 'builders';
    const left = { type: 'switch-agents', at, pool, agent: 'anthropic', by: 'sam' } as const;
    const switched = decide(taken.state, left, false);
    if (!switched.ok) throw new Error(switched.refusal.message);
    expect(switched.effects).toEqual([]);
    const begun = decide(switched.state, { type: 'check-budget', at });
    expect(begun).toMatchObject({ ok: true, effects: [{ type: 'generate', module: 'lexer' }] });
  });

  it('is refused where another one came first', () => {
    given(pair)
      .when({ type: 'start-driver', driver: 1, host: 'there', pid: 1 })
      .refused('stale-driver');
  });
});

describe('a late result', () => {
  it('of a replaced builder is rejected and noted', () => {
    const run = given(pair);
    const [hands, fails] = [run.told(submits('lexer')), run.told(ends('lexer', 'failed'))];
    run.when(ends('lexer', 'stalled'));
    const before = run.state;
    run.when(hands).then('late-result-rejected').when(fails).then('late-result-rejected');
    expect(run.state.modules).toBe(before.modules);
    expect(run.state.spent).toBe(before.spent);
  });

  it('counts once, however often it comes', () => {
    const run = given(pair);
    const hands = run.told(submits('lexer'));
    run.when(hands);
    const verdict = run.told(judged('lexer'));
    run.when(hands).then('late-result-rejected');
    run.when(verdict).leaves({ lexer: 'sealed' });
    run.when(verdict).then('late-result-rejected').leaves({ lexer: 'sealed' });
  });

  it('of a planner, a listing, a composition or a judgement changes nothing', () => {
    const all = plan({
      modules: { lexer: { budget: { attempts: 1 }, onExhausted: ['reframe'] } },
      tiers: { front: { modules: ['lexer'] } },
      gates: { ship: { requires: ['tier:front'] } },
    });
    const run = given(all, submits('lexer'), judged('lexer', { unit: 'failed' }));
    const plans = run.told(planned('lexer', 'lexer-2'));
    run.when(plans);
    const lists = run.told(listed('lexer'));
    run.when(lists, ...sealed('lexer'));
    const integrates = run.told(integrated('tier:front'));
    run.when(integrates);
    const composes = run.told(composed('ship', 'x'));
    run.when(composes);
    for (const late of [plans, lists, integrates, composes]) {
      run.when(late).then('late-result-rejected').leaves({ lexer: 'sealed', ship: 'asked' });
    }
  });

  it('that only shows signs of life is noted once', () => {
    const run = given(pair);
    const { order } = outstanding(run.state)[0]!;
    const spent = { tokens: 1, microUsd: 0, turns: 0, ms: 0 };
    const alive = { type: 'record-progress', says: 'at work', fraction: null } as const;
    const module = run.module('lexer').id;
    run.when({ ...alive, order, module, spent }).then('progress-reported');
    expect(run.module('lexer').life).toMatchObject({ says: 'at work' });
    run.when(amends('lexer', 'lexer-2'), submits('lexer'));
    run
      .when({ ...alive, order, module, spent })
      .then({ type: 'late-result-rejected', order, what: 'progress of a replaced attempt', spent });
    run.when({ ...alive, order, module, spent }).then();
  });
});
