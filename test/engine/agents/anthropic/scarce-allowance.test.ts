import { describe, expect, test } from 'vitest';
import { modelAgents } from '../../../../src/engine/agents/model/model-agents.ts';
import { Supervision } from '../../../../src/engine/agents/supervision.ts';
import { faultsInOrder, type Fault, type Faults } from '../../../support/messages-server/faults.ts';
import { never, virtualModel } from '../../../support/messages-server/model.ts';
import { solver } from '../../../support/messages-server/solver.ts';
import { evaluatorTask } from '../tasks.ts';

const broken: Fault = { kind: 'truncated', events: 3 };

/** An evaluator with so many tokens, behind a service that breaks off these answers. */
const judged = (tokens: number, ...faults: readonly Fault[]) =>
  judgedBehind(tokens, faultsInOrder(...faults), () => null);

/** The same where counts of tokens may fail too. */
async function judgedBehind(tokens: number, answers: Faults, counts: Faults) {
  const { service, clock, model } = await virtualModel({
    script: solver({}),
    faults: (request) => (request.path === '/v1/messages' ? answers(request) : counts(request)),
  });
  const provider = modelAgents({ name: 'anthropic', metered: 'hard', model: () => model, clock });
  const task = evaluatorTask({ allowance: { ...evaluatorTask().allowance, tokens } });
  const supervision = new Supervision({
    ...{ provider, task, clock, signal: never },
    ...{ stallMs: 600_000, graceMs: 5_000 },
    onProgress: () => undefined,
    onLate: () => undefined,
  });
  await clock.runUntilIdle();
  return { outcome: await supervision.outcome, asked: service.messages.map(({ body }) => body) };
}

test('where a broken try leaves too little for a long answer, a shorter one is asked for', async () => {
  const { outcome, asked } = await judged(18_500, broken, broken);
  expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
  expect(asked).toHaveLength(3);
  expect(asked.at(-1)!.max_tokens).toBeLessThan(asked[0]!.max_tokens);
  expect(outcome.spent.tokens).toBeLessThanOrEqual(18_500);
});

test('where it leaves too little for any, nothing more is asked', async () => {
  const { outcome, asked } = await judged(4_500, broken, broken, broken, broken);
  expect(outcome).toMatchObject({ kind: 'exhausted', what: 'tokens' });
  expect(asked.length).toBeGreaterThan(0);
  expect(outcome.spent.tokens).toBeLessThanOrEqual(4_500);
});

describe('where little is left, and a prompt is counted', () => {
  const none: Faults = () => null;
  const tokens = 4_500;
  const passing: readonly Fault[] = [
    { kind: 'status', status: 529 },
    { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    { kind: 'reset', afterBytes: 0 },
    { kind: 'stall', events: 0 },
  ];

  test.for(passing)('a count that fails is made again: $kind $status', async (fault) => {
    const often = Array.from({ length: 5 }, () => fault);
    const { outcome } = await judgedBehind(tokens, none, faultsInOrder(...often));
    expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
  });

  test('to wait for a count is not to stall', async () => {
    const late = { kind: 'status', status: 429, headers: { 'retry-after': '700' } } as const;
    const { outcome } = await judgedBehind(tokens, none, faultsInOrder(late));
    expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
  });

  test('a service that counts no more is down, and no allowance is said to be used up', async () => {
    const down: Faults = () => ({ kind: 'status', status: 529 });
    const { outcome, asked } = await judgedBehind(tokens, none, down);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'provider-down' });
    expect(outcome).toMatchObject({ message: expect.stringMatching(/8 tries .*fault 529/) });
    expect(asked).toEqual([]);
  });

  test.for([404, 405, 501])('one that never counts (%i) is asked all the same', async (status) => {
    const unknown: Faults = () => ({ kind: 'status', status });
    const { outcome } = await judgedBehind(40_000, none, unknown);
    expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
  });
});
