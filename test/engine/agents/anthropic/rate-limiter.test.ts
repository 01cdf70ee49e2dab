import { expect, test } from 'vitest';
import { RateLimiter } from '../../../../src/engine/agents/anthropic/rate-limiter.ts';
import type { Turn } from '../../../../src/engine/agents/anthropic/rate-lane.ts';
import { rush } from '../../../support/messages-server/rush.ts';
import { never } from '../../../support/messages-server/model.ts';
import { settled, VirtualClock } from '../../../support/virtual-clock.ts';

test.for([1, 2, 3])(
  'at 50 requests a minute 16 builders use the allowance, and none is refused (seed %i)',
  async (seed) => {
    const { refused, used } = await rush({
      limits: { requests: 50 },
      builders: 16,
      minutes: 20,
      seed,
    });
    expect(refused).toBe(0);
    expect(used).toBeGreaterThanOrEqual(0.95);
    expect(used).toBeLessThanOrEqual(1.01);
  },
);

test('a small allowance is used up as well, and is not overrun at the start', async () => {
  const limits = { requests: 5 };
  const { refused, used } = await rush({ limits, builders: 16, minutes: 30, seed: 4 });
  expect(refused).toBe(0);
  expect(used).toBeGreaterThanOrEqual(0.95);
});

test('where tokens are scarcer than requests they set the pace', async () => {
  const limits = { requests: 1_000, inputTokens: 20_000, outputTokens: 100_000 };
  const { refused, used } = await rush({
    limits,
    builders: 16,
    minutes: 20,
    seed: 5,
    promptTokens: 1_500,
  });
  expect(refused).toBe(0);
  expect(used).toBeGreaterThanOrEqual(0.95);
});

const limits = (limit: number, remaining: number): Headers =>
  new Headers({
    'anthropic-ratelimit-requests-limit': String(limit),
    'anthropic-ratelimit-requests-remaining': String(remaining),
  });

async function queue(
  limiter: RateLimiter,
  models: readonly string[],
  as?: { readonly seesHeads: boolean },
): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const model of models) {
    void limiter.turn(model, 10, never, as).then((turn) => turns.push(turn));
  }
  await settled();
  return turns;
}

test('until the service has said what it allows, one request goes ahead', async () => {
  const limiter = new RateLimiter(new VirtualClock());
  const turns = await queue(limiter, ['m', 'm', 'm']);
  expect(turns).toHaveLength(1);
  turns[0]!.answered(new Headers());
  await settled();
  expect(turns, 'a service that says nothing has no limits').toHaveLength(3);
});

test('an answer whose head nobody has seen tells those that see theirs nothing', async () => {
  const limiter = new RateLimiter(new VirtualClock());
  const unseen = { seesHeads: false };
  const [first] = await queue(limiter, ['m'], unseen);
  first!.answered(null);
  first!.over({ input: 10, output: 5 });
  expect(await queue(limiter, ['m', 'm'], unseen), 'they need not wait for more').toHaveLength(2);
  const turns = await queue(limiter, ['m', 'm', 'm']);
  expect(turns).toHaveLength(1);
  turns[0]!.answered(new Headers());
  await settled();
  expect(turns).toHaveLength(3);
});

test('a request that was never made tells nothing', async () => {
  const limiter = new RateLimiter(new VirtualClock());
  const [first] = await queue(limiter, ['m']);
  first!.over({ input: 0, output: 0 });
  expect(await queue(limiter, ['m', 'm'])).toHaveLength(1);
});

test('a service that does not answer holds nobody up for long', async () => {
  const clock = new VirtualClock();
  const turns = await queue(new RateLimiter(clock), ['m', 'm']);
  clock.advance(1_999);
  await settled();
  expect(turns).toHaveLength(1);
  clock.advance(1);
  await settled();
  expect(turns).toHaveLength(2);
});

test('a refusal stops everybody for as long as the service asks, and slows what comes after it', async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(clock);
  const [mine, ...others] = await queue(limiter, ['a', 'b']);
  mine!.answered(new Headers({ 'retry-after': '10' }));
  mine!.refused(10_000);
  mine!.over({ input: 0, output: 0 });
  for (const other of others) other.answered(new Headers());
  const turns = await queue(limiter, ['a', 'a', 'b']);
  clock.advance(9_999);
  await settled();
  expect(turns).toHaveLength(0);
  clock.advance(1);
  await settled();
  expect(turns, 'one of each model').toHaveLength(2);
  clock.advance(250);
  await settled();
  expect(turns).toHaveLength(3);
});

test('what others use of the same key is left to them', async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(clock);
  const [first] = await queue(limiter, ['m']);
  first!.answered(limits(60, 0));
  first!.over({ input: 10, output: 5 });
  const turns = await queue(limiter, ['m', 'm']);
  expect(turns).toHaveLength(0);
  clock.advance(1_000);
  await settled();
  expect(turns).toHaveLength(1);
});

test('whoever leaves the queue holds nobody up', async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(clock);
  const [first] = await queue(limiter, ['m']);
  first!.answered(limits(60, 0));
  const leaving = new AbortController();
  const left = limiter.turn('m', 10, leaving.signal);
  const turns = await queue(limiter, ['m']);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  expect(limiter.waiting).toBe(1);
  clock.advance(1_000);
  await settled();
  expect(turns).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

test('heads that make no sense are not believed', async () => {
  const limiter = new RateLimiter(new VirtualClock());
  const [first] = await queue(limiter, ['m']);
  first!.answered(
    new Headers({
      'anthropic-ratelimit-requests-limit': '0',
      'anthropic-ratelimit-requests-remaining': 'NaN',
      'anthropic-ratelimit-input-tokens-limit': '-5',
      'anthropic-ratelimit-input-tokens-remaining': '1e999',
    }),
  );
  expect(await queue(limiter, ['m', 'm'])).toHaveLength(2);
});
