import { describe, expect, it } from 'vitest';
import { budgetCommand, type BudgetRequest } from '../../src/engine/budget-command.ts';

const nothing = { tokens: null, minutes: null, usd: null, turns: null, attempts: null };
const asked = (change: Partial<BudgetRequest>) =>
  budgetCommand({ scope: 'module:lexer', ...nothing, ...change }, 'sam');

describe('another budget', () => {
  it('is taken in the units that people write', () => {
    expect(asked({ tokens: 4e6, minutes: 12.5, usd: 0.29, turns: 40, attempts: 5 })).toMatchObject({
      ok: true,
      command: {
        budget: { tokens: 4e6, minutes: 12.5, microUsd: 290_000, turns: 40, attempts: 5 },
      },
    });
  });

  it.each<[Partial<BudgetRequest>, RegExp]>([
    [{ tokens: 1.5 }, /a whole number of tokens from 1 to 1000000000000, not 1.5; give another/],
    [{ tokens: 0 }, /tokens from 1/],
    [{ tokens: -3 }, /not -3/],
    [{ tokens: 1e13 }, /not 10000000000000/],
    [{ turns: 2.5 }, /a whole number of turns/],
    [{ attempts: 101 }, /attempts from 1 to 100/],
    [{ minutes: 0 }, /minutes from 0.001 to 100000/],
    [{ minutes: Infinity }, /not Infinity/],
    [{ usd: -0.01 }, /a number of usd from 0/],
    [{ usd: Number.NaN }, /not NaN/],
  ])('is refused where it is %o', (change, says) => {
    expect(asked(change)).toEqual({
      ok: false,
      code: 'bad-amount',
      message: expect.stringMatching(says) as unknown,
    });
  });
});
