import { describe, expect, test } from 'vitest';
import { zeroAmount } from '../../../../src/core/budget.ts';
import type { UsageLine } from '../../../../src/core/usage.ts';
import type { MessagesClient } from '../../../../src/engine/agents/anthropic/messages-client.ts';
import { modelAgents } from '../../../../src/engine/agents/model/model-agents.ts';
import { Supervision } from '../../../../src/engine/agents/supervision.ts';
import type { Clock } from '../../../../src/engine/clock.ts';
import type { Fault, Faults } from '../../../support/messages-server/faults.ts';
import {
  modelOf,
  never,
  request,
  text,
  unheard,
  virtualModel,
} from '../../../support/messages-server/model.ts';
import type { ServiceOptions } from '../../../support/messages-server/service.ts';
import { evaluatorTask } from '../tasks.ts';

const minute = 60_000;
const verdict = { verdict: 'PASS', summary: 'It holds.', evidence: [], falseClaims: [] };
const script = () => text(JSON.stringify({ ...verdict, testsWrong: null }));

/**
 * What becomes of a reviewer of ten minutes that is given up after five without a sign of life, and is
 * taken back after so long.
 */
async function reviewed(options: Omit<ServiceOptions, 'clock' | 'script'>, backMs = Infinity) {
  const { clock, model, service } = await virtualModel({ script, ...options });
  const provider = modelAgents({ name: 'anthropic', metered: 'hard', model: () => model, clock });
  const { allowance } = evaluatorTask();
  const task = evaluatorTask({ allowance: { ...allowance, ms: 10 * minute } });
  const ending = new AbortController();
  if (backMs < Infinity) clock.after(backMs, () => ending.abort());
  let used: readonly UsageLine[] = [];
  const { outcome } = new Supervision({
    ...{ provider, task, clock },
    ...{ stallMs: 5 * minute, graceMs: 1_000, signal: ending.signal },
    onProgress: () => undefined,
    onLate: () => undefined,
    onUsage: (lines) => (used = lines),
  });
  await clock.runUntilIdle();
  const untold = used.reduce((sum, line) => sum + line.untold, 0);
  const made = service.messages.length;
  return { outcome: await outcome, tookMs: clock.monotonic(), untold, made };
}

test.for<Fault>([
  { kind: 'stall', events: 0 },
  { kind: 'stall', events: 3 },
  { kind: 'stall', events: 5 },
])(
  'a service that hangs is down, and whoever waits for it has not stalled: $events',
  async (fault) => {
    // What counts a prompt answers, so that it is the messages that are waited for.
    const { outcome, tookMs } = await reviewed({
      faults: ({ path }) => (path === '/v1/messages' ? fault : null),
    });
    expect(outcome).toMatchObject({ kind: 'failed', code: 'provider-down' });
    expect(tookMs).toBeGreaterThan(10 * minute);
  },
);

test('whoever is told to come back later than its patience waits, and is answered', async () => {
  const headers = { 'retry-after': '840' };
  const limited: Fault = { kind: 'status', status: 429, headers };
  let left = 1;
  const { outcome, tookMs } = await reviewed({
    faults: ({ path }) => (path === '/v1/messages' && left-- > 0 ? limited : null),
  });
  expect(outcome).toMatchObject({ kind: 'reviewed' });
  expect(tookMs).toBeGreaterThanOrEqual(14 * minute);
  expect(outcome.spent.ms, 'all its minutes are left').toBeLessThan(minute);
});

/** A service that takes the request and pings from then on; here and there it says something more. */
const pinging = (clock: Clock, saysEveryMs: number): MessagesClient => ({
  count: () => Promise.resolve(10),
  stream: (_, signal) => {
    async function* events() {
      const usage = { input_tokens: 10 };
      yield { event: 'message_start', data: JSON.stringify({ message: { usage } }) };
      const block = { type: 'text', text: '' };
      const [begins, says] = [
        { index: 0, content_block: block },
        { index: 0, delta: { type: 'text_delta', text: 'x' } },
      ];
      yield { event: 'content_block_start', data: JSON.stringify(begins) };
      for (let ms = pingMs; ; ms += pingMs) {
        await clock.sleep(pingMs, signal);
        if (ms > 30 * minute) break;
        yield { event: 'ping', data: '{}' };
        if (ms % saysEveryMs === 0)
          yield { event: 'content_block_delta', data: JSON.stringify(says) };
      }
      yield { event: 'content_block_stop', data: JSON.stringify({ index: 0 }) };
      const ends = { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } };
      yield { event: 'message_delta', data: JSON.stringify(ends) };
      yield { event: 'message_stop', data: '{}' };
    }
    return Promise.resolve({ headers: new Headers(), events: events() });
  },
});
const pingMs = 10_000;

test.for([
  { saysEveryMs: 9 * minute, comes: 'answered' },
  { saysEveryMs: Infinity, comes: 'nothing but pings came for 600 s' },
])('a service that does nothing but ping is not waited for for ever: $comes', async (given) => {
  const { clock, connection } = await virtualModel({ script });
  const client = pinging(clock, given.saysEveryMs);
  const open = { ...connection, client: () => Promise.resolve(client) };
  const model = modelOf('claude-sonnet-5-5', open, clock);
  const came = model
    .call(request('Set.'), unheard, never, () => false)
    .then(
      ({ stop }) => stop,
      (error: unknown) => (error as Error).message,
    );
  await clock.runUntilIdle();
  expect(await came).toContain(given.comes);
});

describe('whoever is taken back between two tries', () => {
  const answers =
    (fault: Fault): Faults =>
    ({ path }) =>
      path === '/v1/messages' ? fault : null;

  test('has used nothing of what was held for a request that was not made', async () => {
    const headers = { 'retry-after': '840' };
    const faults = answers({ kind: 'status', status: 429, headers });
    const { outcome, untold, made } = await reviewed({ faults }, minute);
    expect(made).toBe(1);
    expect(outcome).toEqual({ kind: 'aborted', spent: { ...zeroAmount, ms: expect.any(Number) } });
    expect(untold).toBe(0);
  });

  test('has used what the try that broke off did, and no more', async () => {
    const faults = answers({ kind: 'truncated', events: 3 });
    // The next try is made a quarter of a second later at the soonest.
    const { outcome, untold, made } = await reviewed({ faults }, 100);
    expect(made).toBe(1);
    expect(outcome.kind).toBe('aborted');
    const { tokens, turns } = outcome.spent;
    expect([tokens > 0, tokens < 4_000, turns]).toEqual([true, true, 0]);
    expect(untold).toBe(0);
  });

  test('has used all that may be where its request is under way', async () => {
    const faults = answers({ kind: 'stall', events: 0 });
    const { outcome, untold } = await reviewed({ faults }, minute);
    expect(outcome).toMatchObject({ kind: 'aborted', spent: { turns: 1 } });
    expect(outcome.spent.tokens).toBeGreaterThan(4_000);
    expect(untold).toBe(outcome.spent.tokens);
  });
});
