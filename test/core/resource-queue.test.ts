import { afterEach, describe, expect, it, vi } from 'vitest';
import { DemandQueue } from '../../src/core/collections/demand-queue.ts';
import { RankSet } from '../../src/core/collections/rank-set.ts';
import { SmallMap } from '../../src/core/collections/small-map.ts';
import { Vector } from '../../src/core/collections/vector.ts';
import { decide } from '../../src/core/decide.ts';
import { fold } from '../../src/core/evolve.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { RunState } from '../../src/core/state.ts';
import { beginning } from '../support/scenario-beginning.ts';
import { submits } from '../support/scenario-moves.ts';
import { plan } from '../support/scenario-plan.ts';

afterEach(() => vi.restoreAllMocks());

/** A run in which one module holds the database, `waiting` wait for it, and two places are free. */
function crowded(waiting: number): RunState {
  const names = Array.from({ length: waiting + 1 }, (_, i) => `m${i}`);
  const shared = { resources: { database: 1 } };
  const its = plan({
    ...shared,
    pools: { builders: 3 },
    modules: Object.fromEntries([...names.map((name) => [name, shared]), ['free', {}]]),
  });
  let state: RunState | null = null;
  const events: RunEvent[] = [];
  for (const move of beginning({ plan: its })) {
    const told = typeof move === 'function' ? move(state!) : move;
    const decision = decide(state, { ...told, at: events.length });
    if (!decision.ok) throw new Error(decision.refusal.message);
    events.push(...decision.events);
    state = decision.state;
  }
  return fold(null, events)!;
}

/** How often a decision looks into or changes a collection. */
function stepsOf(state: RunState): number {
  const move = submits('m0');
  const told = typeof move === 'function' ? move(state) : move;
  const spies = [
    ...(['get', 'set'] as const).map((name) => vi.spyOn(Vector.prototype, name)),
    ...(['has', 'add', 'delete', 'first', 'next'] as const).map((name) =>
      vi.spyOn(RankSet.prototype, name),
    ),
    ...(['firstOf', 'countOf'] as const).map((name) => vi.spyOn(DemandQueue.prototype, name)),
    ...(['get', 'set'] as const).map((name) => vi.spyOn(SmallMap.prototype, name)),
  ];
  const decision = decide(state, { ...told, at: state.at });
  const steps = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  vi.restoreAllMocks();
  if (!decision.ok) throw new Error(decision.refusal.message);
  expect(decision.events.map(({ type }) => type)).toContain('evaluation-started');
  return steps;
}

describe('a decision while many wait for one resource', () => {
  it('takes as many steps with 2,000 of them as with 20', () => {
    const [few, many] = [crowded(20), crowded(2_000)];
    expect(few.toGenerate.size).toBe(20);
    expect(many.toGenerate.size).toBe(2_000);
    expect(stepsOf(many)).toBe(stepsOf(few));
  });
});
