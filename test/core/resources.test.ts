import { describe, expect, it } from 'vitest';
import { moduleStatus } from '../../src/core/projections/module-status.ts';
import { gateStatus } from '../../src/core/projections/gate-status.ts';
import { waitingModules } from '../../src/core/projections/run-waits.ts';
import { resourceHold } from '../../src/core/resource-hold.ts';
import { moduleNode, tierNode } from '../../src/core/lookup.ts';
import { moduleId, tierId } from '../../src/core/ids.ts';
import { given, type Scenario } from '../support/scenario.ts';
import {
  aborted,
  effectOf,
  ends,
  integrated,
  judged,
  listed,
  sealed,
  submits,
  takenOver,
  unserved,
} from '../support/scenario-moves.ts';
import {
  amends,
  cancels,
  changesBudget,
  pauses,
  reopens,
  resumes,
} from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const says = ({ state }: Scenario, module: string): string =>
  moduleStatus(state, moduleNode(state, moduleId(module))).text;

const database = { database: 1 };

describe('modules that share a resource of which there is one', () => {
  const shared = plan({
    resources: database,
    modules: {
      lexer: { minutes: 10, resources: database },
      vm: { minutes: 20, resources: database },
      docs: { minutes: 1 },
    },
  });

  it('are built one after the other, the longest remaining path first', () => {
    const run = given(shared).leaves({ vm: 'generating', lexer: 'ready', docs: 'generating' });
    expect(says(run, 'lexer')).toBe('Ready · waits for database, held by vm');
    run
      .when(submits('vm'))
      .then('submission-received', { type: 'evaluation-started', module: moduleId('vm') })
      .leaves({ lexer: 'ready' })
      .when(judged('vm'))
      .then('verdict-given', 'module-sealed', {
        type: 'generation-started',
        module: moduleId('lexer'),
      });
  });

  it('have no order: which begins is a matter of what is ready', () => {
    const late = plan({
      resources: database,
      modules: {
        base: { minutes: 1 },
        long: { needs: ['base'], minutes: 60, resources: database },
        short: { minutes: 1, resources: database },
      },
    });
    given(late)
      .leaves({ short: 'generating', long: 'waiting' })
      .when(...sealed('base'))
      .leaves({ short: 'generating', long: 'ready' })
      .when(submits('short'))
      .leaves({ short: 'evaluating', long: 'ready' })
      .when(judged('short'))
      .leaves({ short: 'sealed', long: 'generating' });
  });

  it('give it back when their builder fails, is stopped or dies with its driver', () => {
    given(shared)
      .when(ends('vm', 'failed', { restMs: 60_000 }))
      .leaves({ vm: 'resting', lexer: 'generating' });
    const stopped = given(shared).when(amends('vm', 'vm-2'));
    stopped.leaves({ vm: 'generating', lexer: 'ready' });
    stopped
      .when(aborted(effectOf(stopped.state, 'generate', 'vm')))
      .leaves({ vm: 'verifying', lexer: 'generating' });
    given(shared)
      .when(takenOver)
      .leaves({ vm: 'generating', lexer: 'ready' })
      .when(submits('vm'), takenOver)
      .leaves({ vm: 'evaluating', lexer: 'ready' });
  });

  it('are said to wait for the pause while the run is paused', () => {
    const run = given(shared, pauses);
    expect(says(run, 'lexer')).toBe('Ready · the run is paused');
    expect(says(run.when(resumes), 'lexer')).toContain('waits for database');
  });

  it('leave nothing held when the run is cancelled', () => {
    const run = given(shared, cancels);
    for (const module of ['vm', 'docs']) {
      run.when(aborted(effectOf(run.state, 'generate', module)));
    }
    expect(run.state.held).toEqual([0]);
    expect(run.state.holders.size).toBe(0);
  });
});

describe('a resource of which there is more', () => {
  it('is held by as many as fit', () => {
    const run = given(
      plan({
        resources: { port: 2 },
        modules: {
          a: { minutes: 30, resources: { port: 1 } },
          b: { minutes: 20, resources: { port: 1 } },
          c: { minutes: 10, resources: { port: 1 } },
        },
      }),
    );
    run.leaves({ a: 'generating', b: 'generating', c: 'ready' });
    expect(says(run, 'c')).toBe('Ready · waits for port, held by a and b');
    expect(waitingModules(run.state)).toEqual([{ who: 'c', on: ['port (held by a, b)'] }]);
  });

  it('is held by its units', () => {
    given(
      plan({
        resources: { memory: 4 },
        modules: {
          large: { minutes: 30, resources: { memory: 3 } },
          other: { minutes: 20, resources: { memory: 2 } },
          small: { minutes: 10, resources: { memory: 1 } },
        },
      }),
    ).leaves({ large: 'generating', other: 'ready', small: 'generating' });
  });

  it('is all held by who demands more than there is', () => {
    given(
      plan({
        resources: { memory: 2 },
        modules: { huge: { resources: { memory: 8 } }, small: { resources: { memory: 1 } } },
      }),
    )
      .leaves({ huge: 'generating', small: 'ready' })
      .when(...sealed('huge'))
      .leaves({ huge: 'sealed', small: 'generating' });
  });
});

describe('free places', () => {
  it('are given to modules that need nothing of what is held', () => {
    given(
      plan({
        pools: { builders: 2 },
        resources: database,
        modules: {
          a: { minutes: 40, resources: database },
          b: { minutes: 30, resources: database },
          c: { minutes: 20, resources: database },
          docs: { minutes: 1 },
        },
      }),
    ).leaves({ a: 'generating', b: 'ready', c: 'ready', docs: 'generating' });
  });

  it('of reviewers are given to submissions whose checks need nothing of what is held', () => {
    const checks = { unit: database };
    const run = given(
      plan({
        pools: { reviewers: 2 },
        resources: database,
        modules: { a: { minutes: 40, checks }, b: { minutes: 30, checks }, c: { minutes: 20 } },
      }),
    )
      .when(submits('a'), submits('b'), submits('c'))
      .leaves({ a: 'evaluating', b: 'submitted', c: 'evaluating' });
    expect(says(run, 'b')).toBe('Handed in · waits for database, held by a');
  });

  it('of builders are not held back by submissions that wait for a resource, not for reviewers', () => {
    const checks = { unit: database };
    given(
      plan({
        pools: { reviewers: 1, builders: 1 },
        resources: database,
        modules: {
          a: { minutes: 40, checks },
          b: { minutes: 30, checks },
          c: { minutes: 20, checks },
          d: { minutes: 10, checks, resources: {} },
          e: { minutes: 5 },
        },
      }),
    )
      .when(submits('a'), submits('b'), submits('c'))
      .leaves({ a: 'evaluating', b: 'submitted', c: 'submitted', d: 'generating' });
  });
});

describe('a gate', () => {
  it('holds what its checks use together, or what is there, or what its tier asks for', () => {
    const run = given(
      plan({
        resources: { port: 3, database: 1 },
        modules: {
          a: {
            resources: { port: 2 },
            checks: { unit: { port: 1 }, e2e: { port: 2, database: 1 } },
          },
        },
      }),
    );
    expect(run.state.held).toEqual([2, 0]);
    expect(run.when(submits('a')).state.held).toEqual([3, 1]);
    expect(run.when(judged('a')).state.held).toEqual([0, 0]);
  });

  it('of a tier keeps a builder that needs the same waiting, and says so', () => {
    const run = given(
      plan({
        resources: database,
        uses: { cross: database },
        modules: { lexer: {}, vm: { needs: ['lexer'], resources: database }, docs: {} },
        tiers: { front: { modules: ['lexer'] } },
      }),
    ).when(...sealed('lexer'));
    run.leaves({ front: 'judging', vm: 'ready' });
    expect(says(run, 'vm')).toBe('Ready · waits for database, held by tier front');
    run
      .when(integrated('tier:front'))
      .then('verdict-given', 'tier-integrated', 'generation-started');
  });

  it('waits for what builders hold, and says so', () => {
    const run = given(
      plan({
        resources: database,
        modules: { vm: { resources: database }, lexer: {} },
        tiers: { front: { modules: ['lexer'], resources: database } },
      }),
      ...sealed('lexer'),
    );
    run.leaves({ front: 'ready', vm: 'generating' });
    const node = tierNode(run.state, tierId('front'));
    expect(gateStatus(run.state, node).text).toBe('Ready · waits for database, held by vm');
    run.when(submits('vm')).leaves({ front: 'judging', vm: 'submitted' });
    expect(says(run, 'vm')).toBe('Handed in · waits for database, held by tier front');
    run.when(integrated('tier:front')).leaves({ front: 'integrated', vm: 'evaluating' });
  });

  it('that a person decides holds nothing', () => {
    given(
      plan({
        resources: database,
        modules: { lexer: {}, vm: { resources: database } },
        gates: { ship: { requires: ['lexer'] } },
      }),
    )
      .when(...sealed('lexer'))
      .leaves({ ship: 'judging', vm: 'generating' });
  });
});

describe('listing the tests of a contract', () => {
  const listing = plan({
    resources: database,
    modules: {
      lexer: { checks: { unit: database } },
      vm: { minutes: 1, needs: ['base'], resources: database },
      base: { minutes: 1 },
    },
  });

  it('waits for what its checks use', () => {
    const run = given(listing, ...sealed('lexer', 'base')).when(reopens('lexer', 'lexer-2'));
    run.leaves({ lexer: 'verifying', vm: 'generating' });
    expect(says(run, 'lexer')).toBe(
      "Contract's tests to be listed · waits for database, held by vm",
    );
    run
      .when(submits('vm'))
      .then('submission-received', 'verification-started')
      .leaves({ lexer: 'verifying', vm: 'submitted' });
    expect(run.state.held).toEqual([1]);
    run.when(listed('lexer')).then('contract-written', 'evaluation-started', 'generation-started');
  });
});

describe('what is overtaken', () => {
  const both = { left: 1, right: 1 };
  /** `both` is first in line, and `l1` … and `r1` … take turns so that never both sides are free. */
  const sides = plan({
    resources: both,
    modules: {
      l0: { minutes: 200, resources: { left: 1 } },
      r0: { minutes: 200, resources: { right: 1 } },
      both: { minutes: 100, resources: both },
      ...Object.fromEntries(
        [1, 2, 3, 4].flatMap((i) => [
          [`l${i}`, { minutes: 50 - i, resources: { left: 1 } }],
          [`r${i}`, { minutes: 50 - i, resources: { right: 1 } }],
        ]),
      ),
    },
  });

  const overtakenThrice = () => given(sides, ...sealed('l0'), ...sealed('r0'), ...sealed('l1'));

  it('by three behind it claims what it demands: nothing more begins that is in its way', () => {
    const run = given(sides).leaves({ l0: 'generating', r0: 'generating', both: 'ready' });
    run.when(...sealed('l0')).leaves({ l1: 'generating', both: 'ready' });
    run.when(...sealed('r0')).leaves({ r1: 'generating', both: 'ready' });
    run.when(...sealed('l1')).leaves({ l2: 'ready', r1: 'generating', both: 'ready' });
    expect(says(run, 'both')).toBe('Ready · waits for right, held by r1');
    expect(says(run, 'l2')).toBe('Ready · waits for left, kept for both, which has waited longer');
    run.when(submits('r1')).leaves({ both: 'generating', l2: 'ready', r1: 'submitted' });
    run.when(...sealed('both')).leaves({ l2: 'generating', r1: 'evaluating' });
  });

  it('claims nothing where only those before it took what it demands', () => {
    const run = given(sides);
    expect(run.state.overtaken.size).toBe(0);
    run.when(submits('l0'), submits('r0')).leaves({ l0: 'evaluating', r0: 'evaluating' });
    expect(run.state.overtaken.size).toBe(0);
  });

  it('by reviewers takes its turn before them', () => {
    const checks = { unit: database };
    const small = (minutes: number) => ({ minutes, checks });
    const run = given(
      plan({
        pools: { builders: 1, reviewers: 4 },
        resources: database,
        modules: {
          root: { minutes: 500 },
          large: { minutes: 400, needs: ['root'], resources: database },
          a: small(50),
          b: small(49),
          c: small(48),
          d: small(47),
          e: small(46),
        },
      }),
    );
    run.when(submits('root')).leaves({ a: 'generating', root: 'evaluating' });
    run.when(judged('root')).leaves({ large: 'ready', a: 'generating' });
    const judgedBefore: string[] = [];
    for (const each of ['a', 'b', 'c', 'd', 'e']) {
      if (run.module('large').life.at === 'generating') break;
      if (run.module(each).life.at !== 'generating') throw new Error(`${each} is not being built`);
      run.when(submits(each));
      if (run.module(each).life.at === 'evaluating') {
        judgedBefore.push(each);
        run.when(judged(each));
      }
    }
    expect(judgedBefore).toEqual(['a', 'b', 'c']);
    run.leaves({ large: 'generating', d: 'submitted' });
    run.when(...sealed('large')).leaves({ d: 'evaluating' });
  });

  const judgedWithBoth = plan({
    resources: both,
    modules: {
      l0: { minutes: 200, resources: { left: 1 } },
      r0: { minutes: 200, resources: { right: 1 } },
      both: { minutes: 100, checks: { unit: both } },
      ...Object.fromEntries(
        [1, 2, 3].flatMap((i) => [
          [`l${i}`, { minutes: 50 - i, resources: { left: 1 } }],
          [`r${i}`, { minutes: 50 - i, resources: { right: 1 } }],
        ]),
      ),
      free: {},
    },
  });

  it('claims nothing while a budget that pays for it is used up', () => {
    const run = given(judgedWithBoth, submits('both'), ...sealed('l0', 'r0', 'l1', 'r1', 'l2'));
    run.leaves({ both: 'submitted', l3: 'ready', r2: 'generating', free: 'generating' });
    expect(says(run, 'l3')).toBe('Ready · waits for left, kept for both, which has waited longer');
    run.when(changesBudget({ tokens: 1 }, 'pool:reviewers')).leaves({ l3: 'ready' });
    run
      .when(submits('free'))
      .then(
        'submission-received',
        { type: 'budget-exhausted', scope: 'pool:reviewers' },
        { type: 'generation-started', module: moduleId('l3') },
      );
    // Once it is raised, what it pays for claims again.
    run
      .when(changesBudget({ tokens: 1_000_000 }, 'pool:reviewers'), ends('l3', 'failed'))
      .leaves({ l3: 'ready', both: 'submitted' });
  });

  it('claims nothing while the provider of its reviewers serves nobody', () => {
    const { pools } = judgedWithBoth;
    const reviewers = { ...pools.reviewers, agent: 'anthropic' };
    const run = given(
      { ...judgedWithBoth, pools: { ...pools, reviewers } },
      submits('both'),
      ...sealed('l0', 'r0', 'l1', 'r1', 'l2'),
    );
    run.leaves({ both: 'submitted', l3: 'ready', r2: 'generating', free: 'generating' });
    const trouble = { provider: 'anthropic', code: 'unauthorised' } as const;
    run
      .when(submits('free'), unserved('evaluate', 'free', trouble))
      .leaves({ both: 'submitted', l3: 'generating' });
  });

  it('is forgotten once it begins, or waits no more', () => {
    const run = overtakenThrice();
    expect([...run.state.overtaken]).toEqual([[2, 3]]);
    expect(run.when(submits('r1')).state.overtaken.size).toBe(0);
    const amended = overtakenThrice().when(amends('both', 'both-2'));
    amended.leaves({ both: 'verifying', l2: 'generating' });
    expect(amended.state.overtaken.size).toBe(0);
  });
});

describe('the hold of a node', () => {
  it('names what is short, who holds it, and nothing where it waits for something else', () => {
    const { state } = given(
      plan({
        resources: { left: 1, right: 1 },
        modules: {
          a: { minutes: 30, resources: { left: 1 } },
          b: { minutes: 20, resources: { left: 1, right: 1 } },
          c: { needs: ['a'], resources: { left: 1 } },
        },
      }),
    );
    expect(resourceHold(state, 0)).toBeNull();
    expect(resourceHold(state, 1)).toEqual({ resources: ['left'], holders: [0], keptFor: null });
    expect(resourceHold(state, 2)).toBeNull();
  });
});
