import type { Plan } from './plan/plan.ts';

/**
 * How a run goes through its plan: with all the agents that the plan has, or in sequence, with one of
 * each kind, so that the two can be compared on the same engine.
 */
export type Way = 'parallel' | 'sequential';

export const ways: readonly Way[] = ['parallel', 'sequential'];

export const wayWords: Readonly<Record<Way, string>> = {
  parallel: 'in parallel, with all places of its pools',
  sequential: 'in sequence, with one agent of each kind',
};

/** The plan as a run of that way follows it: one stream is one place in each pool. */
export function planFor(way: Way, plan: Plan): Plan {
  if (way === 'parallel') return plan;
  const { planners, builders, reviewers } = plan.pools;
  return {
    ...plan,
    pools: {
      planners: { ...planners, max: 1 },
      builders: { ...builders, max: 1 },
      reviewers: { ...reviewers, max: 1 },
    },
  };
}
