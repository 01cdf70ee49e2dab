import { describe, expect, it } from 'vitest';
import { decide } from '../../src/core/decide.ts';
import { fold } from '../../src/core/evolve.ts';
import { fromSnapshot, snapshotVersion, toSnapshot } from '../../src/core/snapshot.ts';
import type { RunState } from '../../src/core/state.ts';
import { plainState } from '../sim/plain-state.ts';
import { simulate } from '../sim/simulation.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const restored = (state: RunState): RunState => fromSnapshot(throughJson(toSnapshot(state)))!;

/** A snapshot of a simulated run in its middle, to be damaged. */
async function someSnapshot(): Promise<Record<string, unknown>> {
  const { events } = await simulate(1);
  const state = fold(null, events.slice(0, Math.ceil(events.length / 2)))!;
  return throughJson(toSnapshot(state)) as Record<string, unknown>;
}

describe('a snapshot', () => {
  it('gives back every field of a state, wherever in a run it is taken', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { events } = await simulate(seed);
      for (let share = 1; share <= 8; share++) {
        const state = fold(null, events.slice(0, Math.ceil((events.length * share) / 8)))!;
        const again = restored(state);
        expect(again, `seed ${seed}`).toEqual(state);
        expect(plainState(again), `seed ${seed}`).toEqual(plainState(state));
      }
    }
  });

  it('goes on as the state would have: by the rest of its events, and by new commands', async () => {
    for (let seed = 11; seed <= 20; seed++) {
      const { events } = await simulate(seed);
      const half = Math.ceil(events.length / 2);
      const state = fold(null, events.slice(0, half))!;
      const again = restored(state);
      const rest = events.slice(half);
      expect(plainState(fold(again, rest))).toEqual(plainState(fold(state, rest)));
      const { at } = state;
      for (const command of [
        { type: 'start-driver', at, driver: state.driver + 1, host: 'other', pid: 1 },
        { type: 'pause-run', at, by: 'ada' },
        { type: 'cancel-run', at, by: 'ada', reason: 'enough' },
      ] as const) {
        const [ours, theirs] = [decide(again, command), decide(state, command)];
        expect({ ...ours, state: null }).toEqual({ ...theirs, state: null });
      }
    }
  });

  it('holds no graph: it follows from the plan', async () => {
    expect(Object.keys(await someSnapshot())).not.toContain('graph');
  });

  it('of another version is none', async () => {
    const snapshot = await someSnapshot();
    expect(fromSnapshot(snapshot)).not.toBeNull();
    expect(fromSnapshot({ ...snapshot, version: snapshotVersion + 1 })).toBeNull();
  });

  it('with a field too many, too few or of another kind is none', async () => {
    const snapshot = await someSnapshot();
    expect(fromSnapshot({ ...snapshot, more: 1 })).toBeNull();
    for (const name of Object.keys(snapshot)) {
      const { [name]: _gone, ...less } = snapshot;
      expect(fromSnapshot(less), `without ${name}`).toBeNull();
      const strange = Symbol.for('strange');
      expect(fromSnapshot({ ...snapshot, [name]: strange }), `a strange ${name}`).toBeNull();
    }
  });

  it('that does not hold together is none', async () => {
    const snapshot = await someSnapshot();
    const modules = snapshot.modules as readonly object[];
    expect(fromSnapshot({ ...snapshot, modules: modules.slice(1) })).toBeNull();
    expect(fromSnapshot({ ...snapshot, modules: [{ id: 'x' }, ...modules.slice(1)] })).toBeNull();
    expect(fromSnapshot({ ...snapshot, toGenerate: [1e9] })).toBeNull();
    expect(fromSnapshot({ ...snapshot, plan: {} })).toBeNull();
    for (const value of [null, 1, 'x', [], {}]) expect(fromSnapshot(value)).toBeNull();
  });
});
