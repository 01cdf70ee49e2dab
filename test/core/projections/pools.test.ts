import { describe, expect, it } from 'vitest';
import { moduleStatus } from '../../../src/core/projections/module-status.ts';
import { poolLine, poolStatuses } from '../../../src/core/projections/pools.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { ends, judged, submits } from '../../support/scenario-moves.ts';
import { pauses } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const lines = (run: Scenario): string[] => poolStatuses(run.state).map(poolLine);

const five = { a: {}, b: {}, c: {}, d: {}, e: {} };

describe('a pool', () => {
  it('says how full it is, and who waits for one of it', () => {
    const run = given(plan({ modules: five, pools: { builders: 2, reviewers: 1 } }));
    expect(lines(run)).toEqual([
      'planners 0 of 2',
      'builders 2 of 2, 3 wait: no free builder',
      'reviewers 0 of 1',
    ]);
    expect(moduleStatus(run.state, 4).text).toBe('Ready · no free builder (2 of 2 at work)');
    run.when(submits('a'), submits('b'));
    expect(poolStatuses(run.state)[2]).toMatchObject({
      ...{ pool: 'reviewers', max: 1, atWork: 1, waiting: 1, hold: 'no-free-place' },
      says: 'no free reviewer (1 of 1 at work)',
    });
    expect(moduleStatus(run.state, 1).text).toBe('Handed in · no free reviewer (1 of 1 at work)');
  });

  it('of builders stands still while reviewers are behind, and says by how much', () => {
    const nine = { ...five, f: {}, g: {}, h: {}, i: {} };
    const run = given(
      plan({ modules: nine, pools: { builders: 5, reviewers: 1 } }),
      ...['a', 'b', 'c'].map((module) => submits(module)),
    );
    const words = 'reviewers are behind (2 wait for 1)';
    expect(lines(run)[1]).toBe(`builders 4 of 5, 2 wait: ${words}`);
    expect(poolStatuses(run.state)[1]?.hold).toBe('review-pressure');
    expect(moduleStatus(run.state, 8).text).toBe(`Ready · ${words}`);
  });

  it('of planners says which contracts wait to be written', () => {
    const unwritten = { contract: 'planner' } as const;
    const run = given(plan({ modules: { a: unwritten, b: unwritten }, pools: { planners: 1 } }));
    expect(lines(run)[0]).toBe('planners 1 of 1, 1 waits: no free planner');
    expect(moduleStatus(run.state, 1).text).toBe(
      'Contract being written · no free planner (1 of 1 at work)',
    );
  });

  it('of planners says how many disputes wait for an arbiter, too', () => {
    const run = given(
      plan({ modules: { a: {}, b: { contract: 'planner' } }, pools: { planners: 1 } }),
      submits('a'),
      judged('a', { review: 'FAIL' }),
      ends('a', 'disputed'),
    );
    expect(moduleStatus(run.state, 0).text).toBe('Disputed · no free planner (1 of 1 at work)');
    expect(lines(run)[0]).toBe('planners 1 of 1, 1 waits: no free planner');
  });

  it('names what holds the whole run', () => {
    const run = given(plan({ modules: five, pools: { builders: 2 } }), pauses, submits('a'));
    expect(lines(run)[1]).toBe('builders 1 of 2, 3 wait: the run is paused');
  });
});
