import { describe, expect, it } from 'vitest';
import { decide } from '../../src/core/decide.ts';
import { evolve, fold } from '../../src/core/evolve.ts';
import type { RunState } from '../../src/core/state.ts';
import { plainState } from '../sim/plain-state.ts';
import { simulate } from '../sim/simulation.ts';

describe('folding', () => {
  it('gives the same at one go as event by event, and leaves every state before as it was', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { events } = await simulate(seed);
      const states: RunState[] = [];
      const before: unknown[] = [];
      for (const event of events.slice(0, 120)) {
        const state = evolve(states.at(-1) ?? null, event);
        states.push(state);
        before.push(structuredClone(plainState(state)));
      }
      const half = events.length >> 1;
      const whole = plainState(fold(null, events));
      expect(plainState(fold(fold(null, events.slice(0, half)), events.slice(half)))).toEqual(
        whole,
      );
      expect(states.map(plainState)).toEqual(before);
    }
  });

  it('of a decision leaves the state that it was made in as it was', async () => {
    const { events } = await simulate(3);
    for (let end = 1; end < events.length; end += 7) {
      const state = fold(null, events.slice(0, end))!;
      const before = structuredClone(plainState(state));
      const { at, driver } = state;
      const next = { type: 'start-driver', at, driver: driver + 1, host: 'h', pid: 1 } as const;
      const decision = decide(state, next);
      expect(plainState(state)).toEqual(before);
      if (!decision.ok) throw new Error('a new driver was refused');
      expect(plainState(decision.state)).toEqual(plainState(fold(state, decision.events)));
    }
  });
});
