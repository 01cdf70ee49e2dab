import { expect, test } from 'vitest';
import { inTime } from '../../../src/engine/perform/with-insights.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const never = () => new Promise<null>(() => undefined);

test('a folder that does not answer keeps no agent waiting beyond a few seconds', async () => {
  const clock = new VirtualClock();
  let ended: AbortSignal | null = null;
  const looked = inTime(clock, new AbortController().signal, (signal) => {
    ended = signal;
    return never();
  });
  clock.advance(5_000);
  expect(await looked).toBeNull();
  expect(ended).toMatchObject({ aborted: true });
});

test('nor an order that is called off', async () => {
  const order = new AbortController();
  const looked = inTime(new VirtualClock(), order.signal, never);
  order.abort();
  expect(await looked).toBeNull();
  expect(await inTime(new VirtualClock(), order.signal, never)).toBeNull();
});

test('what is found in time is given, and what goes wrong is nothing found', async () => {
  const { signal } = new AbortController();
  const found = { texts: [], record: { module: 'lexer', role: 'generator' } } as never;
  expect(await inTime(new VirtualClock(), signal, () => Promise.resolve(found))).toBe(found);
  const failing = () => Promise.reject(new Error('EIO'));
  expect(await inTime(new VirtualClock(), signal, failing)).toBeNull();
});
