import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAmounts, zeroAmount } from '../../../../src/core/budget.ts';
import { timeline } from '../../../../src/engine/agents/scripted/timeline.ts';
import { builderTurn, type Turn } from '../../../../src/engine/agents/scripted/turn.ts';
import { builderTurnSchema } from '../../../../src/engine/agents/scripted/turn-schema.ts';

const turn = (over: object): Turn =>
  builderTurn(builderTurnSchema.parse({ summary: 'done', ...over }), { root: '/', paths: [] });

describe("a turn's timeline", () => {
  it('makes its calls one after the other and speaks between them', () => {
    const moments = timeline(
      turn({
        seconds: 4,
        turns: 2,
        progress: [0, 2, 3, 4].map((at) => ({ at, say: `at ${at}` })),
      }),
    );
    expect(moments.map(({ kind, atMs }) => `${atMs} ${kind}`)).toEqual([
      '0 says',
      '0 call-begins',
      '2000 call-ends',
      '2000 says',
      '2000 call-begins',
      '3000 says',
      '4000 call-ends',
      '4000 says',
    ]);
  });

  it('never goes back, and its shares add up to the whole', () => {
    const whole = fc.record({
      seconds: fc.integer({ min: 0, max: 100 }),
      turns: fc.integer({ min: 1, max: 30 }),
      tokens: fc.record({ in: fc.nat(10_000), out: fc.nat(10_000) }),
    });
    fc.assert(
      fc.property(whole, fc.array(fc.integer({ min: 0, max: 100 })), (given, said) => {
        const progress = said.map((part) => ({ at: (given.seconds * part) / 100, say: 'x' }));
        const moments = timeline(turn({ ...given, progress }));
        const times = moments.map(({ atMs }) => atMs);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(moments.filter(({ kind }) => kind === 'says')).toHaveLength(said.length);
        const cost = moments
          .flatMap((moment) => (moment.kind === 'call-ends' ? [moment.cost] : []))
          .reduce(addAmounts, zeroAmount);
        expect(cost).toEqual({
          ...zeroAmount,
          tokens: given.tokens.in + given.tokens.out,
          turns: given.turns,
        });
      }),
    );
  });
});
