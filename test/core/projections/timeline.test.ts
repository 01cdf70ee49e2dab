import { describe, expect, it } from 'vitest';
import { activeUntil, runElapsedMs, workUntil } from '../../../src/core/projections/timeline.ts';
import { plan } from '../../support/scenario-plan.ts';
import { Story } from './story.ts';

const lane = (story: Story, node: number): string[] =>
  story.replayed.timeline.lanes.get(node).map(({ doing, ms, to }) => {
    return to === null ? `${doing} …` : `${doing} ${ms / 1000}`;
  });

describe('a timeline', () => {
  it('knows how long each module waited, was built and was judged', () => {
    const story = new Story().after(3).go().seal('lexer', 'vm').seal('parser');
    expect(lane(story, 0)).toEqual(['ready 3', 'building 60', 'judging 10', 'done …']);
    expect(lane(story, 1)).toEqual(['waiting 73', 'building 60', 'judging 10', 'done …']);
  });

  it('tells attempts apart', () => {
    const story = new Story().go().after(60).submit('lexer').after(10).fail('lexer', 'no');
    story.after(20).submit('lexer');
    const spans = story.replayed.timeline.lanes.get(0);
    expect(spans.map(({ doing, attempt }) => `${doing} ${attempt}`)).toEqual([
      ...['building 1', 'judging 1', 'building 2', 'judging 2'],
    ]);
  });

  it('adds up work, what is still going on included', () => {
    const story = new Story().go().after(30);
    expect(workUntil(story.replayed, story.now)).toBe(60_000);
    expect(runElapsedMs(story.state, story.now)).toBe(30_000);
  });

  it('does not count the time without a driver', () => {
    const story = new Story().go().after(30).progress('lexer', 'half', 0.5);
    story.after(3600).do({ type: 'start-driver', driver: 2, host: 'h', pid: 2 });
    expect(workUntil(story.replayed, story.now)).toBe(60_000);
    expect(story.replayed.timeline.pools.builders.workMs).toBe(60_000);
  });

  it('measures holds by name, and idle places by reason', () => {
    const story = new Story().go().submit('lexer').do({ type: 'pause-run', by: 'sam' });
    story.pass('lexer').after(40).do({ type: 'resume-run', by: 'sam' });
    const { heldMs, builders, planners } = story.replayed.timeline.pools;
    expect(heldMs).toEqual({ paused: 40_000 });
    expect(builders).toEqual({ workMs: 40_000, idleMs: { paused: 40_000 } });
    expect(planners.idleMs).toEqual({ 'nothing-ready': 40_000 });
  });

  it('leaves out of the active time what it waited for a person alone', () => {
    const story = new Story().toApproval();
    const active = activeUntil(story.replayed, story.now);
    expect(active).toBe(runElapsedMs(story.state, story.now));
    story.after(600);
    expect(activeUntil(story.replayed, story.now)).toBe(active);
    expect(runElapsedMs(story.state, story.now)).toBe(active + 600_000);
    story.approve('ship').deliver();
    expect(activeUntil(story.replayed, story.now)).toBe(active);
  });

  it('counts nothing once the run is finished', () => {
    const story = new Story().toApproval().approve('ship').deliver();
    const before = story.replayed;
    expect(runElapsedMs(before.state, story.now + 86_400_000)).toBe(150_000);
    expect(before.timeline.delivered?.name).toBe('ashlar/20260301-1200-ab3d');
  });
});

describe('the time for which ready work waited for a resource', () => {
  it('is measured by resource, and as a hold of free places', () => {
    const shared = { resources: { database: 1 } };
    const its = plan({ ...shared, modules: { lexer: shared, vm: shared } });
    const story = new Story(its).go().after(60).submit('lexer').after(10).pass('lexer');
    const { scarceMs, heldMs, builders } = story.after(5).submit('vm').replayed.timeline.pools;
    expect(scarceMs).toEqual({ database: 70_000 });
    expect(heldMs).toEqual({ resource: 70_000 });
    expect(builders.idleMs.resource).toBe(70_000);
  });

  it('is none where nothing is held', () => {
    const { scarceMs } = new Story().go().seal('lexer', 'vm').replayed.timeline.pools;
    expect(scarceMs).toEqual({});
  });
});
