import { describe, expect, it } from 'vitest';
import type { Amount } from '../../../../src/core/budget.ts';
import { noUsage } from '../../../../src/core/usage.ts';
import { AttemptMeter } from '../../../../src/engine/agents/attempt-meter.ts';
import { SessionSpending } from '../../../../src/engine/agents/claude-code/session-spending.ts';
import { factsOf } from '../../../../src/engine/agents/models/pool-models.ts';
import { UsageTally } from '../../../../src/engine/agents/usage-tally.ts';

const id = 'claude-sonnet-5-5';
const allowance: Amount = { tokens: 200_000, microUsd: 10_000_000, turns: 20, ms: 3_600_000 };

/** A session's spending, as its attempt counts it in the end. */
function session(purse = allowance) {
  const meter = new AttemptMeter(purse);
  const tally = new UsageTally({ name: 'claude-code', metered: 'session' });
  const spending = new SessionSpending(
    {
      maySpend: (upTo, call) => meter.maySpend(upTo, call),
      spend: (actual, call) => {
        meter.spend(actual);
        tally.count(actual, call ?? null);
      },
    },
    { provider: 'claude-code', instructions: 'generator.v1' },
    { id, facts: factsOf(id, []), listed: true },
    purse,
  );
  return {
    spending,
    /** What the attempt is charged when it ends here. */
    counted: () => {
      spending.rest();
      for (const held of meter.underWay) tally.countHeld(held);
      const [line] = tally.lines;
      return { charged: meter.committed, calls: line?.calls ?? 0, untold: line?.untold ?? 0 };
    },
  };
}

const prompt = { ...noUsage, input: 12_000 };

describe('what a session ends in the middle of', () => {
  it('costs nothing where the call was never made', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    expect(counted()).toMatchObject({ charged: { tokens: 0, turns: 0 }, calls: 0 });
  });

  it('costs what it may where the call has left and nothing of its answer came', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    expect(counted()).toMatchObject({
      ...{ charged: { tokens: 26_000, turns: 1 }, calls: 1, untold: 26_000 },
    });
  });

  it('costs its prompt and the longest answer where that had begun', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    spending.began({ ...prompt, output: 1 });
    expect(counted()).toMatchObject({
      ...{ charged: { tokens: 28_000, turns: 1 }, calls: 1, untold: 28_000 },
    });
  });

  it('costs what it may where the call is made again', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    spending.askAgain();
    expect(counted()).toMatchObject({ charged: { tokens: 26_000, turns: 1 }, calls: 1 });
  });

  it('costs what it may beside a call that was asked for and not made', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.ask(0);
    spending.begins();
    expect(counted()).toMatchObject({ charged: { turns: 1 }, calls: 1 });
  });

  it('costs what it may also where the call was made unasked, and is one too many', () => {
    const { spending, counted } = session({ ...allowance, turns: 0 });
    expect(spending.begins()).toBe('turns');
    expect(counted()).toMatchObject({ charged: { turns: 1 }, calls: 1 });
  });

  it('costs nothing where the call was refused for good', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    spending.refused();
    expect(counted()).toMatchObject({ charged: { tokens: 0, turns: 0 }, calls: 0 });
  });

  it('costs no more than what was answered, once it was', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    spending.began({ ...prompt, output: 300 });
    spending.answered();
    expect(counted()).toMatchObject({ charged: { tokens: 12_300, turns: 1 }, calls: 1, untold: 0 });
  });

  it('costs no more than the session says, once it has come to a rest', () => {
    const { spending, counted } = session();
    spending.ask(10_000);
    spending.begins();
    spending.settle({ ...prompt, output: 300 }, 0);
    expect(counted()).toMatchObject({ charged: { tokens: 12_300 }, calls: 1, untold: 0 });
  });
});
