import { afterEach, expect, test, vi } from 'vitest';
import type { AwaitProvider, Rest } from '../../../src/core/effects.ts';
import { moduleId, order } from '../../../src/core/ids.ts';
import { realPerformer } from '../../../src/engine/perform/performer.ts';
import type { World } from '../../../src/engine/perform/world.ts';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

afterEach(() => vi.useRealTimers());

/** Who waits, in a run whose scripted agents have a clock of their own. */
function waits(effect: Rest | AwaitProvider, builders: string) {
  vi.useFakeTimers();
  const before = plan({ modules: { lexer: {} } });
  const pools = { ...before.pools, builders: { ...before.pools.builders, agent: builders } };
  const { state } = given({ ...before, pools });
  const clock = new VirtualClock();
  const world: Pick<World, 'clock' | 'secrets'> = { clock, secrets: (text) => text };
  const line = { report: () => undefined, ask: () => Promise.reject(new Error('not asked')) };
  let isOver = false;
  const signal = new AbortController().signal;
  const told = realPerformer(world as World).perform(effect, state, { ...line, signal });
  void told.then(() => (isOver = true));
  return { clock, over: () => isOver };
}

const rest: Rest = { type: 'rest', order: order(7), module: moduleId('lexer'), ms: 30_000 };
const awaits = (provider: string): AwaitProvider => ({
  ...{ type: 'await-provider', order: order(7), provider, ms: 30_000 },
});

test.for([
  ['a rest of its builders', rest, 'anthropic'],
  ['a provider that is waited for', awaits('anthropic'), 'scripted'],
  ['one of sessions', awaits('claude-code'), 'scripted'],
] as const)(
  '%s takes the time that passes, however fast others play',
  async ([, effect, builders]) => {
    const { clock, over } = waits(effect, builders);
    clock.advance(60_000);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(over()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(over()).toBe(true);
  },
);

test.for([
  ['a rest', rest, 'scripted'],
  ['a wait', awaits('scripted'), 'anthropic'],
] as const)('%s for scripted agents is as fast as they are', async ([, effect, builders]) => {
  const { clock, over } = waits(effect, builders);
  clock.advance(30_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(over()).toBe(true);
});
