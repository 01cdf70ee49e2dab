import { array, assert, boolean, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RankSet } from '../../../src/core/collections/rank-set.ts';

const capacity = constantFrom(1, 31, 32, 33, 1_024, 1_025, 40_000);

describe('a set of ranks', () => {
  it('holds what a plain set would hold after the same changes, in order', () => {
    const changes = array(tuple(boolean(), nat()), { maxLength: 80 });
    assert(
      property(capacity, changes, nat(), (most, all, seed) => {
        const plain = new Set<number>();
        let ranks = RankSet.empty(most);
        for (const [add, number] of all) {
          const rank = number % most;
          if (add) plain.add(rank);
          else plain.delete(rank);
          ranks = add ? ranks.add(rank) : ranks.delete(rank);
          expect(ranks.has(rank)).toBe(add);
        }
        const sorted = [...plain].sort((a, b) => a - b);
        const from = seed % (most + 1);
        expect([...ranks]).toEqual(sorted);
        expect(ranks.size).toBe(plain.size);
        expect(ranks.first()).toBe(sorted[0] ?? -1);
        expect(ranks.next(from)).toBe(sorted.find((rank) => rank >= from) ?? -1);
      }),
    );
  });

  it('leaves every earlier version as it was', () => {
    const before = RankSet.empty(100).add(3).add(70);
    before.delete(3).add(50);
    expect([...before]).toEqual([3, 70]);
  });

  it('is itself where nothing changes', () => {
    const ranks = RankSet.empty(100).add(3);
    expect(ranks.add(3)).toBe(ranks);
    expect(ranks.delete(4)).toBe(ranks);
  });

  it('takes no rank beyond its capacity', () => {
    expect(() => RankSet.empty(32).add(32)).toThrow(RangeError);
    expect(() => RankSet.empty(32).add(-1)).toThrow(RangeError);
    expect(RankSet.empty(32).next(1_000)).toBe(-1);
  });
});
