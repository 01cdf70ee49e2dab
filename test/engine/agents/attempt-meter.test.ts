import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsWithin, zeroAmount, type Amount } from '../../../src/core/budget.ts';
import { AttemptMeter } from '../../../src/engine/agents/attempt-meter.ts';

const tokens = (count: number): Amount => ({ ...zeroAmount, tokens: count, turns: 1 });
const allowance: Amount = { tokens: 100, microUsd: 0, turns: 10, ms: 1_000 };

describe("an attempt's meter", () => {
  it('refuses a call that could overrun, before it is made', () => {
    const meter = new AttemptMeter(allowance);
    expect(meter.maySpend(tokens(101))).toBe(false);
    expect(meter.maySpend(tokens(100))).toBe(true);
  });

  it('counts calls under way in full until they are settled', () => {
    const meter = new AttemptMeter(allowance);
    expect(meter.maySpend(tokens(60))).toBe(true);
    expect(meter.maySpend(tokens(60))).toBe(false);
    meter.spend(tokens(20));
    expect(meter.maySpend(tokens(60))).toBe(true);
    expect(meter.spent).toEqual({ ...zeroAmount, tokens: 20, turns: 1 });
  });

  it('counts an overshoot in full, and allows nothing after it', () => {
    const meter = new AttemptMeter(allowance);
    meter.maySpend(tokens(90));
    meter.spend(tokens(130));
    expect(meter.spent.tokens).toBe(130);
    expect(meter.maySpend(tokens(0))).toBe(false);
  });

  it('leaves time to the clock', () => {
    const meter = new AttemptMeter(allowance);
    expect(meter.maySpend({ ...zeroAmount, ms: 5_000 })).toBe(true);
    meter.spend({ ...zeroAmount, ms: 5_000 });
    expect(meter.spent).toEqual(zeroAmount);
  });

  it.each([NaN, -1, 0.5, Infinity])(
    'takes %d for a bug: it would fit or free what it should not',
    (n) => {
      const meter = new AttemptMeter(allowance);
      expect(() => meter.maySpend(tokens(n))).toThrow(RangeError);
      expect(() => meter.spend(tokens(n))).toThrow(RangeError);
    },
  );

  it('is never overrun by calls that keep to what they asked for, in any order', () => {
    const step = fc.record({ ask: fc.nat(60), use: fc.nat(60), settle: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const meter = new AttemptMeter(allowance);
        const under: number[] = [];
        for (const { ask, use, settle } of steps) {
          if (meter.maySpend(tokens(ask))) under.push(ask);
          const held = settle ? under.shift() : undefined;
          if (held !== undefined) meter.spend(tokens(Math.min(use, held)));
          expect(fitsWithin(meter.spent, allowance)).toBe(true);
        }
      }),
    );
  });
});
