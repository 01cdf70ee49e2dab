import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { fold } from '../../src/core/evolve.ts';
import { poolKinds } from '../../src/core/plan/plan.ts';
import { awaitedProvider } from '../../src/core/provider-trouble.ts';
import { happening } from '../../src/core/projections/happening.ts';
import { needsYou } from '../../src/core/projections/needs-you.ts';
import { poolStatuses } from '../../src/core/projections/pools.ts';
import { given } from '../support/scenario.ts';
import { judged, providerRested, submits, unserved, uses } from '../support/scenario-moves.ts';
import { retries, switches } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const two = plan({ modules: { lexer: {}, parser: {} }, pools: { builders: 2 } });

/** Both pools come from one provider, the builders as a model that it has not. */
const named = {
  ...two,
  pools: { ...two.pools, builders: { ...two.pools.builders, model: 'claude-x' } },
};

const lacks = { code: 'no-model', message: 'model: claude-x', model: 'claude-x' } as const;

describe('a model that its provider does not give', () => {
  it('holds the pool that asked for it, with the reason, and no other of that provider', () => {
    const run = given(named, submits('lexer'), unserved('generate', 'parser', lacks));
    run.then(
      { type: 'generation-ended', outcome: 'unserved' },
      { type: 'provider-failed', provider: 'scripted', pool: 'builders', restMs: 0 },
    );
    const [, builders, reviewers] = poolStatuses(run.state);
    const says =
      'scripted does not give the builders their model (model: claude-x); switch them to another model or provider, or have it tried again';
    expect(builders).toMatchObject({ hold: 'provider', waiting: 1, says });
    expect(reviewers).toMatchObject({ atWork: 1, hold: null });
    // The review that was at work ends, and so would any other begin.
    run.when(judged('lexer')).then('verdict-given', 'module-sealed');
    expect(run.state.needPerson).toBe(1);
  });

  it('is told a person as what that pool needs', () => {
    const run = given(named, unserved('generate', 'lexer', lacks));
    expect(needsYou(run.state)).toMatchObject([
      {
        ...{ kind: 'provider', provider: 'scripted', code: 'no-model', pools: ['builders'] },
        says: 'scripted does not give the builders their model: they wait until they are switched, or it is tried again',
      },
    ]);
    const [told] = run.history.filter(({ type }) => type === 'provider-failed');
    expect(happening(told!)?.says).toContain('builders');
  });

  it('leaves reviews to begin while builders wait', () => {
    const run = given(named, unserved('generate', 'lexer', lacks));
    run.when(submits('parser')).then('submission-received', 'evaluation-started');
  });

  it('is over once the pool is switched to another, which is tried at once', () => {
    const run = given(named, unserved('generate', 'lexer', lacks));
    run
      .when(switches('builders', 'scripted', 'claude-y'))
      .then(
        { type: 'agents-switched', model: 'claude-y' },
        { type: 'provider-wait-ended', pool: 'builders', by: 'ada' },
        { type: 'generation-started', attempt: 1, epoch: 2 },
        { type: 'provider-tried', pool: 'builders' },
      );
    run
      .when(submits('lexer'))
      .then(
        { type: 'provider-answered', pool: 'builders' },
        'submission-received',
        'evaluation-started',
      );
    expect(run.state).toMatchObject({ troubled: [], needPerson: 0 });
  });

  it('is forgotten where the pool comes from elsewhere, though others stay', () => {
    const run = given(named, unserved('generate', 'lexer', lacks));
    run.when(switches('builders', 'anthropic'));
    expect(run.state).toMatchObject({ troubled: [], needPerson: 0 });
  });

  it('is waited for all the same where another pool is switched', () => {
    const run = given(named, unserved('generate', 'lexer', lacks));
    run.when(switches('reviewers', 'scripted', 'claude-y')).then('agents-switched');
    expect(run.state.troubled).toMatchObject([{ pool: 'builders', life: { at: 'asking' } }]);
  });

  it('is tried again when a person says so, by one of that pool alone', () => {
    const run = given(
      named,
      unserved('generate', 'lexer', lacks),
      unserved('generate', 'parser', lacks),
    );
    run
      .when(retries())
      .then({ type: 'provider-wait-ended', pool: 'builders', by: 'ada' }, 'generation-started', {
        type: 'provider-tried',
        pool: 'builders',
      });
    expect(run.state.atWork.builders).toBe(1);
  });

  it('is no matter of the model that the pool was switched to meanwhile', () => {
    const run = given(named, switches('builders', 'scripted', 'claude-y'));
    run.when(unserved('generate', 'lexer', lacks));
    expect(run.state.troubled).toEqual([]);
  });

  it('stands beside a provider that serves nobody: both are waited for', () => {
    const run = given(
      named,
      unserved('generate', 'lexer', lacks),
      submits('parser'),
      unserved('evaluate', 'parser', { code: 'provider-down' }),
    );
    expect(run.state.troubled.map(({ pool }) => pool)).toEqual(['builders', null]);
    run.when(providerRested());
    const [, builders, reviewers] = poolStatuses(run.state);
    expect([builders, reviewers]).toMatchObject([{ hold: 'provider' }, { hold: null }]);
    run.when(
      uses('evaluate', 'parser', [
        {
          ...{ provider: 'scripted', model: 'm', calls: 1, untold: 0, microUsd: 1, unpriced: 0 },
          tokens: { input: 10, cacheRead: 0, cacheWrite: 0, output: 5 },
        },
      ]),
    );
    expect(run.state.troubled).toMatchObject([{ pool: 'builders' }]);
  });
});

it('a journal that says only whose provider lacks a model holds all of its pools, as it did', () => {
  const run = given(named, unserved('generate', 'lexer', lacks));
  const before = run.history.map((event): RunEvent => {
    if (event.type !== 'provider-failed') return event;
    const { pool: _pool, ...old } = event;
    return old;
  });
  const state = fold(null, before)!;
  for (const pool of poolKinds) expect(awaitedProvider(state, pool)).not.toBeNull();
});
