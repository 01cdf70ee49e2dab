import { expect, it } from 'vitest';
import { planFor } from '../../src/core/way.ts';
import { briefStatus } from '../../src/core/projections/brief.ts';
import { runStatus } from '../../src/core/projections/run-status.ts';
import { replay } from '../../src/core/projections/timeline.ts';
import { smallPlan, Story } from './projections/story.ts';

it('in sequence one agent of each kind goes through the same plan, and nothing else of it differs', () => {
  const plan = smallPlan();
  expect(planFor('parallel', plan)).toBe(plan);
  const { pools, ...rest } = planFor('sequential', plan);
  const { pools: before, ...same } = plan;
  expect(rest).toEqual(same);
  for (const kind of ['planners', 'builders', 'reviewers'] as const) {
    expect(pools[kind]).toEqual({ ...before[kind], max: 1 });
  }
});

it('a run says which way it goes', () => {
  const { events, now } = new Story().go();
  const sequential = events.map((event) =>
    event.type === 'run-started' ? { ...event, way: 'sequential' as const } : event,
  );
  const told = (of: typeof events) => briefStatus(runStatus(replay(of)!, now), true).join('\n');
  expect(told(sequential)).toContain('It goes in sequence, with one agent of each kind');
  expect(told(events)).not.toContain('in sequence');
});
