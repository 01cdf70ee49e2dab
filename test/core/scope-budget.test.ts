import { describe, expect, it } from 'vitest';
import { zeroAmount, type Amount } from '../../src/core/budget.ts';
import { moduleId } from '../../src/core/ids.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Plan, PoolKind, ScopeBudget } from '../../src/core/plan/plan.ts';
import { needsYou } from '../../src/core/projections/needs-you.ts';
import { given, type Scenario } from '../support/scenario.ts';
import {
  arbitrated,
  ends,
  judged,
  listed,
  sealed,
  submits,
  takenOver,
} from '../support/scenario-moves.ts';
import { changesBudget, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const none: ScopeBudget = { tokens: null, microUsd: null, turns: null, minutes: null };
const spent = (tokens: number) => ({ spent: { tokens, microUsd: 0, turns: 0, ms: 0 } });

function pooled(of: Plan, pool: PoolKind, budget: Partial<ScopeBudget>): Plan {
  const pools = { ...of.pools, [pool]: { ...of.pools[pool], budget: { ...none, ...budget } } };
  return { ...of, pools };
}

const phases = { plan: null, build: null, integrate: null, 'end-to-end': null };

describe("a pool's budget", () => {
  it('lets what does not fit wait until reservations come back', () => {
    const run = given(
      pooled(plan({ modules: { a: {}, b: {}, c: {} } }), 'builders', { tokens: 110_000 }),
    );
    run.leaves({ a: 'generating', b: 'generating', c: 'ready' });
    run.when(submits('a', spent(1_000))).leaves({ a: 'evaluating', c: 'generating' });
  });

  it('used up, holds this pool and lets the others work, and names itself', () => {
    const one = plan({ modules: { a: {}, b: {} }, pools: { builders: 1 } });
    const run = given(pooled(one, 'builders', { tokens: 52_000 }))
      .when(submits('a', spent(50_000)))
      .then('submission-received', 'evaluation-started', {
        type: 'budget-exhausted',
        module: null,
        scope: 'pool:builders',
        what: 'tokens',
        least: 100_000,
      })
      .leaves({ a: 'evaluating', b: 'ready' });
    expect(needsYou(run.state)).toMatchObject([
      { kind: 'budget', scope: 'pool:builders', detail: expect.stringContaining('100 k tokens') },
    ]);
    run.when(judged('a')).leaves({ a: 'sealed', b: 'ready' });
    run
      .when(changesBudget({ tokens: 120_000 }, 'pool:builders'))
      .then('plan-changed', { type: 'generation-started', module: moduleId('b') });
    expect(run.state).toMatchObject({ exhausted: [], needPerson: 0 });
  });

  it('used up, stays so where something else is raised', () => {
    const one = pooled(plan({ modules: { a: {} } }), 'builders', { turns: 1 });
    const run = given(one)
      .when(changesBudget({ tokens: 90_000_000 }))
      .then('plan-changed');
    expect(run.state.exhausted).toMatchObject([{ scope: 'pool:builders', what: 'turns' }]);
  });

  it('that cut what a builder got is used up itself, and its module takes no step', () => {
    const short = pooled(plan({ modules: { a: { onExhausted: ['reframe'] } } }), 'builders', {
      tokens: 20_000,
    });
    given(short)
      .when(ends('a', 'exhausted', spent(20_000)))
      .then('generation-ended', { type: 'budget-exhausted', scope: 'pool:builders' })
      .leaves({ a: 'ready' });
  });
});

describe('what cut the share of an agent that could not go on', () => {
  const stopped = (of: Plan, what: 'tokens' | 'ms', used: Partial<Amount>, afterMs = 0) => {
    const all = { ...zeroAmount, ...used };
    return given(of)
      .passes(afterMs)
      .when(ends('a', 'exhausted', { spent: all, what }));
  };

  it("is the pool's budget where that gave least, though the run has little left too", () => {
    const of = pooled(plan({ modules: { a: {} }, budget: { tokens: 50_000 } }), 'builders', {
      tokens: 20_000,
    });
    stopped(of, 'tokens', { tokens: 20_000 }).then('generation-ended', {
      type: 'budget-exhausted',
      scope: 'pool:builders',
      what: 'tokens',
    });
  });

  it("is the phase's where that gave fewer minutes than the clock", () => {
    const build = { ...none, minutes: 5 };
    const of = plan({
      modules: { a: {} },
      budget: { minutes: 10, phases: { ...phases, build } },
    });
    const used = { ms: 5 * 60_000 };
    stopped(of, 'ms', used, used.ms).then('generation-ended', {
      ...{ type: 'budget-exhausted', scope: 'phase:build', what: 'ms' },
    });
  });

  it("is the run's where its clock gave fewest minutes", () => {
    const build = { ...none, minutes: 25 };
    const of = plan({
      modules: { a: {} },
      budget: { minutes: 10, phases: { ...phases, build } },
    });
    const used = { ms: 9 * 60_000 };
    stopped(of, 'ms', used, used.ms).then('generation-ended', {
      ...{ type: 'budget-exhausted', scope: 'run', what: 'ms' },
    });
  });
});

describe("a phase's budget", () => {
  it('of integration does not keep anybody from building', () => {
    const integrate = { ...none, turns: 0 };
    const run = given(
      plan({
        modules: { a: {}, b: {} },
        tiers: { front: { modules: ['a'] } },
        budget: { phases: { ...phases, integrate } },
      }),
      submits('a'),
    ).when(judged('a'));
    run.leaves({ a: 'sealed', b: 'generating' });
  });

  it('of minutes counts what agents take, however many work at once', () => {
    const build = { ...none, minutes: 50 };
    given(plan({ modules: { a: {}, b: {} }, budget: { phases: { ...phases, build } } })).leaves({
      a: 'generating',
      b: 'ready',
    });
  });
});

describe('what is judged by its checks alone', () => {
  const soft = plan({ modules: { lexer: {}, parser: { soft: ['lexer'] }, other: {} } });
  const passed = [submits('parser'), judged('parser')];
  const reserved = ({ events }: Scenario) =>
    events.flatMap((event) => (event.type === 'budget-reserved' ? [event.role] : []));

  it('reserves nothing for a reviewer: a confirmation', () => {
    const run = given(soft, ...passed, submits('lexer')).when(judged('lexer'));
    run.leaves({ parser: 'evaluating' });
    expect(reserved(run)).toEqual([]);
    expect(run.state.accounts['pool:reviewers'].reserved.tokens).toBe(0);
    run.when(judged('parser')).leaves({ parser: 'sealed' });
    expect(run.events.map(({ type }) => type)).not.toContain('budget-spent');
  });

  it('nor does a seal that is judged again', () => {
    const run = given(soft, ...passed, ...sealed('lexer'), judged('parser'));
    run.when(reopens('lexer', 'lexer-2'), listed('lexer'), submits('lexer'), judged('lexer'));
    run.leaves({ parser: 'evaluating' });
    expect(reserved(run)).toEqual([]);
  });

  it('nor does what a word has overruled the reviewers in', () => {
    const run = given(soft, submits('other'), judged('other', { review: 'FAIL' }));
    run.when(ends('other', 'disputed')).when(arbitrated('other', 'overturn'));
    run.leaves({ other: 'evaluating' });
    expect(reserved(run)).toEqual([]);
    // Another driver reserves nothing for it either.
    run.when(takenOver).leaves({ other: 'evaluating' });
    expect(reserved(run)).not.toContain('reviewer');
  });

  it('but the checks that a dispute has run again do: a reviewer sees what passes', () => {
    const run = given(soft, submits('other'), judged('other', { unit: 'failed' }));
    run.when(ends('other', 'disputed')).leaves({ other: 'evaluating' });
    expect(reserved(run)).toEqual(['reviewer']);
  });

  it('goes on while the budget of the reviewers is used up, past what waits for that', () => {
    const run = given(soft, ...passed, submits('lexer'));
    run.when(changesBudget({ tokens: 1 }, 'pool:reviewers'), submits('other'));
    run.leaves({ other: 'submitted', lexer: 'evaluating', parser: 'passed' });
    run.when(judged('lexer')).leaves({ other: 'submitted', lexer: 'sealed', parser: 'evaluating' });
    expect(run.state.exhausted).toMatchObject([{ scope: 'pool:reviewers', what: 'tokens' }]);
  });
});

describe("a module's budget", () => {
  const poor = plan({ modules: { a: { budget: { attempts: 1 } } } });
  const stuck = () => given(poor, submits('a'), judged('a', { unit: 'failed' }));

  it('can be raised by a person, and the module goes on under its contract', () => {
    const run = stuck().leaves({ a: 'escalated' });
    run
      .when(changesBudget({ attempts: 3 }, 'module:a'))
      .then(
        'plan-changed',
        { type: 'module-resumed', module: moduleId('a') },
        'generation-started',
      );
    expect(run.module('a')).toMatchObject({ steps: 0, contract: { version: 1 }, attempt: 2 });
  });

  it('raised in another unit leaves it with the person', () => {
    stuck()
      .when(changesBudget({ tokens: 900_000 }, 'module:a'))
      .then('plan-changed');
  });

  it('is nobody’s where the plan has no such module', () => {
    stuck()
      .when(changesBudget({ tokens: 1 }, 'module:nobody'))
      .refused('unknown-module');
  });
});

describe('changing a budget', () => {
  it('to what it is changes nothing', () => {
    given(plan({ modules: { a: {} } }))
      .when(changesBudget({ tokens: 10_000_000 }))
      .refused('same-budget');
  });

  it('is understood in journals of before there were scopes', () => {
    const run = given(plan({ modules: { a: {} } }));
    const { seq, at } = run.state;
    const old = { type: 'budget-exhausted', seq: seq + 1, at, module: null, what: 'ms' } as const;
    const after = evolve(run.state, old);
    expect(after.exhausted).toMatchObject([{ scope: 'run', what: 'ms', least: null }]);
    expect(after.needPerson).toBe(1);
  });
});

it('nobody works longer than the clock leaves the run', () => {
  const short = plan({ modules: { a: {} }, budget: { minutes: 10 } });
  const [, , reserved] = given(short).events;
  expect(reserved).toMatchObject({ type: 'budget-reserved', amount: { ms: 10 * 60_000 - 1_000 } });
});
