import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addAmounts,
  fitsWithin,
  isZero,
  minAmount,
  overrun,
  scaleAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
} from '../../src/core/budget.ts';

const unit = fc.nat(1_000_000_000);
const amount: fc.Arbitrary<Amount> = fc.record({
  tokens: unit,
  microUsd: unit,
  turns: unit,
  ms: unit,
});

describe('amounts', () => {
  it('what is added and taken away again leaves the same', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(subtractAmounts(addAmounts(a, b), b)).toEqual(a);
      }),
    );
  });

  it('the smaller of two fits within both', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const smaller = minAmount(a, b);
        expect(fitsWithin(smaller, a) && fitsWithin(smaller, b)).toBe(true);
      }),
    );
  });

  it('what fits stays at or above zero when it is taken away', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const left = subtractAmounts(b, a);
        expect(Object.values(left).every((value) => value >= 0)).toBe(fitsWithin(a, b));
      }),
    );
  });

  it('a share is rounded up, unit by unit', () => {
    const whole: Amount = { tokens: 10, microUsd: 7, turns: 3, ms: 1 };
    expect(scaleAmount(whole, 0.5)).toEqual({ tokens: 5, microUsd: 4, turns: 2, ms: 1 });
  });

  it('reaching a limit fits, passing it names the unit', () => {
    const limit: Amount = { tokens: 10, microUsd: 10, turns: 10, ms: 10 };
    expect(overrun(limit, limit)).toBeNull();
    for (const what of ['tokens', 'microUsd', 'turns', 'ms'] as const) {
      expect(overrun({ ...limit, [what]: 11 }, limit)).toBe(what);
      expect(fitsWithin({ ...limit, [what]: 11 }, limit)).toBe(false);
    }
  });

  it('zero is zero, and one unit of anything is not', () => {
    expect(isZero(zeroAmount)).toBe(true);
    for (const what of ['tokens', 'microUsd', 'turns', 'ms'] as const) {
      expect(isZero({ ...zeroAmount, [what]: 1 })).toBe(false);
    }
  });
});
