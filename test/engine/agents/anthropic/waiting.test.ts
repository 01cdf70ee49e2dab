import { expect, test } from 'vitest';
import { modelAgents } from '../../../../src/engine/agents/model/model-agents.ts';
import { Supervision } from '../../../../src/engine/agents/supervision.ts';
import type { Fault } from '../../../support/messages-server/faults.ts';
import { never, text, virtualModel } from '../../../support/messages-server/model.ts';
import type { ServiceOptions } from '../../../support/messages-server/service.ts';
import { evaluatorTask } from '../tasks.ts';

const minute = 60_000;
const verdict = { verdict: 'PASS', summary: 'It holds.', evidence: [], falseClaims: [] };
const script = () => text(JSON.stringify({ ...verdict, testsWrong: null }));

/** What becomes of a reviewer of ten minutes that is given up after five without a sign of life. */
async function reviewed(options: Omit<ServiceOptions, 'clock' | 'script'>) {
  const { clock, model } = await virtualModel({ script, ...options });
  const provider = modelAgents({ name: 'anthropic', metered: 'hard', model: () => model, clock });
  const { allowance } = evaluatorTask();
  const task = evaluatorTask({ allowance: { ...allowance, ms: 10 * minute } });
  const { outcome } = new Supervision({
    ...{ provider, task, clock },
    ...{ stallMs: 5 * minute, graceMs: 1_000, signal: never },
    onProgress: () => undefined,
    onLate: () => undefined,
  });
  await clock.runUntilIdle();
  return { outcome: await outcome, tookMs: clock.monotonic() };
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
