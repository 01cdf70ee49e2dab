import { expect, test } from 'vitest';
import { modelAgents } from '../../../../src/engine/agents/model/model-agents.ts';
import { Supervision } from '../../../../src/engine/agents/supervision.ts';
import { faultsInOrder, type Fault } from '../../../support/messages-server/faults.ts';
import { never, virtualModel } from '../../../support/messages-server/model.ts';
import { solver } from '../../../support/messages-server/solver.ts';
import { evaluatorTask } from '../tasks.ts';

const broken: Fault = { kind: 'truncated', events: 3 };

/** An evaluator with so many tokens, behind a service that breaks off these answers. */
async function judged(tokens: number, ...faults: readonly Fault[]) {
  const { service, clock, model } = await virtualModel({
    script: solver({}),
    faults: (request) => (request.path === '/v1/messages' ? inOrder(request) : null),
  });
  const inOrder = faultsInOrder(...faults);
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
