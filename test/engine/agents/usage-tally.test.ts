import { describe, expect, it } from 'vitest';
import { zeroAmount } from '../../../src/core/budget.ts';
import { noUsage, type ModelCall } from '../../../src/core/usage.ts';
import { UsageTally } from '../../../src/engine/agents/usage-tally.ts';

const call = (model: string, over: Partial<ModelCall> = {}): ModelCall => ({
  provider: 'anthropic',
  model,
  usage: { input: 10, cacheRead: 90, cacheWrite: 5, output: 20 },
  ...over,
});

describe("an agent's usage", () => {
  it('is one line a model, with what each of its calls read, kept and said', () => {
    const tally = new UsageTally({ name: 'anthropic', metered: 'hard' });
    tally.count({ ...zeroAmount, tokens: 125, microUsd: 300 }, call('large'));
    tally.count({ ...zeroAmount, tokens: 125, microUsd: 200 }, call('large'));
    tally.count({ ...zeroAmount, tokens: 125, microUsd: 10 }, call('small'));
    expect(tally.lines).toEqual([
      {
        ...{ provider: 'anthropic', model: 'large', calls: 2, untold: 0 },
        tokens: { input: 20, cacheRead: 180, cacheWrite: 10, output: 40 },
        ...{ microUsd: 500, unpriced: 0 },
      },
      expect.objectContaining({ model: 'small', calls: 1, microUsd: 10 }),
    ]);
  });

  it('keeps the version of the instructions that an agent follows', () => {
    const tally = new UsageTally({ name: 'anthropic', metered: 'hard' });
    for (let n = 0; n < 2; n++) {
      tally.count({ ...zeroAmount, turns: 1 }, call('large', { instructions: 'generator.v1' }));
    }
    expect(tally.lines).toMatchObject([{ calls: 2, instructions: 'generator.v1' }]);
  });

  it('leaves out a call that was given back unmade', () => {
    const tally = new UsageTally({ name: 'claude-code', metered: 'session' });
    tally.count(zeroAmount, call('large', { usage: noUsage }));
    expect(tally).toMatchObject({ calls: 0, lines: [] });
  });

  it('counts the tokens of a call that does not say what it was, apart', () => {
    const tally = new UsageTally({ name: 'held', metered: 'hard' });
    tally.count({ ...zeroAmount, tokens: 40 }, null);
    expect(tally.lines).toMatchObject([{ provider: 'held', model: '', calls: 1, untold: 40 }]);
  });

  it('says of money that nobody knows that it is not known, and never counts it', () => {
    const tally = new UsageTally({ name: 'anthropic', metered: 'hard' });
    tally.count({ ...zeroAmount, microUsd: 5 }, call('large', { unpriced: true }));
    tally.count({ ...zeroAmount, microUsd: 7 }, call('large'));
    expect(tally.lines).toMatchObject([{ calls: 2, microUsd: 7, unpriced: 1 }]);
    const estimated = new UsageTally({ name: 'vscode-lm', metered: 'estimated' });
    estimated.count({ ...zeroAmount, microUsd: 5 }, call('large', { provider: 'vscode-lm' }));
    expect(estimated.lines).toMatchObject([{ microUsd: 0, unpriced: 1 }]);
  });

  it('stays short and sound whatever an agent claims', () => {
    const tally = new UsageTally({ name: 'held', metered: 'hard' });
    const usage = { input: Number.NaN, cacheRead: -4, cacheWrite: 1.5, output: 2 };
    for (let n = 0; n < 50; n++) {
      const model = n === 0 ? `\u001b[2J${'m'.repeat(500)}` : `model-${n}`;
      tally.count({ ...zeroAmount, tokens: 2, microUsd: 1 }, call(model, { usage }));
    }
    expect(tally.lines.length).toBeLessThan(10);
    expect(tally.lines[0]?.model).toMatch(/^m+…$/);
    const sum = tally.lines.reduce((all, { calls }) => all + calls, 0);
    expect(sum).toBe(50);
    expect(tally.lines.map(({ tokens }) => tokens.input)).toEqual(tally.lines.map(() => 0));
  });
});
