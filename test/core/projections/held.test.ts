import { describe, expect, it } from 'vitest';
import { RankSet } from '../../../src/core/collections/rank-set.ts';
import { moduleNode, tierNode } from '../../../src/core/lookup.ts';
import { moduleId, tierId } from '../../../src/core/ids.ts';
import type { Plan, PoolKind, ScopeBudget } from '../../../src/core/plan/plan.ts';
import { accountOf } from '../../../src/core/projections/account.ts';
import { gateStatus } from '../../../src/core/projections/gate-status.ts';
import { moduleStatus } from '../../../src/core/projections/module-status.ts';
import { poolLine, poolStatuses } from '../../../src/core/projections/pools.ts';
import { standsUnheld } from '../../../src/core/projections/unheld.ts';
import type { RunState } from '../../../src/core/state.ts';
import type { RecordIntegration } from '../../../src/core/commands/judging-result.ts';
import type { Unstamped } from '../../../src/engine/run-loop.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { integrated, judged, sealed, submits } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';

const none: ScopeBudget = { tokens: null, microUsd: null, turns: null, minutes: null };
const phases = { plan: null, build: null, integrate: null, 'end-to-end': null };
const spent = (tokens: number) => ({ spent: { tokens, microUsd: 0, turns: 0, ms: 0 } });

const withPool = (of: Plan, pool: PoolKind, tokens: number): Plan => ({
  ...of,
  pools: { ...of.pools, [pool]: { ...of.pools[pool], budget: { ...none, tokens } } },
});

const says = ({ state }: Scenario, id: string): string =>
  moduleStatus(state, moduleNode(state, moduleId(id))).text;
const pool = ({ state }: Scenario, kind: PoolKind) =>
  poolStatuses(state).find((each) => each.pool === kind)!;
/** As if nobody had noted that a budget is used up. */
const forgetful = (state: RunState): RunState => ({ ...state, exhausted: [] });

/** What the next minute adds to the times for which work was held, and stood unheld. */
function minuteOf(run: Scenario) {
  const times = () => accountOf(run.history)!.account.pools;
  const before = times();
  run.passes(59_000).when({ type: 'check-budget' }, { type: 'pause-run', by: 'ada' });
  const after = times();
  const budget = (after.heldMs.budget ?? 0) - (before.heldMs.budget ?? 0);
  return { budget, unheld: after.unheldMs - before.unheldMs };
}

describe('work that a used-up budget holds beside a free place', () => {
  it("is shown and measured as held: a builder's, by its pool", () => {
    const run = given(
      withPool(plan({ modules: { a: {}, b: {} }, pools: { builders: 1 } }), 'builders', 52_000),
      submits('a', spent(50_000)),
    );
    expect(run.state.atWork.builders).toBe(0);
    expect(says(run, 'b')).toBe("Ready · the builders' budget is used up");
    expect(pool(run, 'builders')).toMatchObject({ hold: 'budget', waiting: 1 });
    expect(standsUnheld(run.state, 'builders')).toBe(false);
    expect(standsUnheld(forgetful(run.state), 'builders')).toBe(true);
    expect(minuteOf(run)).toEqual({ budget: 61_000, unheld: 0 });
  });

  it('is shown and measured as held: a reviewer’s, by the phase', () => {
    const build = { ...none, tokens: 52_000 };
    const run = given(
      plan({
        modules: { a: {}, b: {} },
        pools: { builders: 1 },
        budget: { phases: { ...phases, build } },
      }),
      submits('a', spent(51_000)),
    );
    run.leaves({ a: 'submitted', b: 'ready' });
    expect(says(run, 'a')).toBe('Handed in · the budget of phase build is used up');
    expect(says(run, 'b')).toBe('Ready · the budget of phase build is used up');
    for (const kind of ['builders', 'reviewers'] as const) {
      expect(pool(run, kind)).toMatchObject({ hold: 'budget', waiting: 1 });
      expect(standsUnheld(run.state, kind)).toBe(false);
    }
    expect(standsUnheld(forgetful(run.state), 'reviewers')).toBe(true);
    expect(minuteOf(run)).toEqual({ budget: 61_000, unheld: 0 });
  });

  it('is shown and measured as held: a tier’s, by its own phase', () => {
    const integrate = { ...none, tokens: 2 };
    const run = given(
      plan({
        modules: { a: {}, b: {}, c: {} },
        tiers: { one: { modules: ['a'] }, two: { modules: ['b'] } },
        budget: { phases: { ...phases, integrate } },
      }),
      ...sealed('a'),
    );
    const passes = integrated('tier:one') as (state: RunState) => Unstamped<RecordIntegration>;
    run.when((state) => ({ ...passes(state), ...spent(2) }), ...sealed('b'));
    run.leaves({ two: 'ready', c: 'generating' });
    const words = 'the budget of phase integrate is used up';
    expect(gateStatus(run.state, tierNode(run.state, tierId('two'))).text).toBe(`Ready · ${words}`);
    expect(poolLine(pool(run, 'reviewers'))).toBe(`reviewers 0 of 4, 1 waits: ${words}`);
    expect(standsUnheld(run.state, 'reviewers')).toBe(false);
    expect(standsUnheld(forgetful(run.state), 'reviewers')).toBe(true);
    expect(minuteOf(run)).toEqual({ budget: 61_000, unheld: 0 });
    // Another module's review is not held by that.
    run.when({ type: 'resume-run', by: 'ada' }, submits('c')).leaves({ c: 'evaluating' });
  });
});

describe('work that no budget holds', () => {
  it('stands unheld though something before it in the line is held by another budget', () => {
    const build = { ...none, tokens: 52_000 };
    const run = given(
      plan({
        modules: { a: {} },
        tiers: { one: { modules: [] } },
        budget: { phases: { ...phases, build } },
      }),
      submits('a', spent(51_000)),
      integrated('tier:one'),
    );
    run.leaves({ a: 'submitted' });
    const { state } = run;
    expect(standsUnheld(state, 'reviewers')).toBe(false);
    // As no decision leaves it: what a reviewer is free for and phase integrate pays for.
    const node = tierNode(state, tierId('one'));
    const toJudge = RankSet.empty(state.graph.refs.length).add(node);
    expect(standsUnheld({ ...state, toJudge }, 'reviewers')).toBe(true);
  });

  it('stands unheld where it is a dispute that waits for an arbiter', () => {
    const { state } = given(
      plan({ modules: { a: {} } }),
      submits('a'),
      judged('a', { review: 'FAIL' }),
    );
    expect(standsUnheld(state, 'planners')).toBe(false);
    expect(standsUnheld({ ...state, toArbitrate: RankSet.empty(1).add(0) }, 'planners')).toBe(true);
  });
});
