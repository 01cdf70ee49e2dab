import { array, assert, boolean, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DemandQueue } from '../../../src/core/collections/demand-queue.ts';

const queueOf = (most: number, classes: number) => {
  const classOf = Array.from({ length: most }, (_, rank) => (rank * 7) % classes);
  return { classOf, empty: DemandQueue.empty(classOf, classes) };
};

describe('a queue by demand', () => {
  it('holds what a plain list would hold after the same changes, in order', () => {
    const changes = array(tuple(boolean(), nat()), { maxLength: 80 });
    assert(
      property(constantFrom(1, 33, 2_000), constantFrom(1, 2, 5), changes, nat(), (...args) => {
        const [most, classes, all, fitting] = args;
        const { classOf, empty } = queueOf(most, classes);
        const plain = new Set<number>();
        let queue = empty;
        for (const [add, number] of all) {
          const rank = number % most;
          if (add) plain.add(rank);
          else plain.delete(rank);
          queue = add ? queue.add(rank) : queue.delete(rank);
          expect(queue.has(rank)).toBe(add);
        }
        const fits = (each: number): boolean => each === fitting % classes;
        const sorted = [...plain].sort((a, b) => a - b);
        const those = sorted.filter((rank) => fits(classOf[rank]!));
        expect([...queue]).toEqual(sorted);
        expect(queue.size).toBe(plain.size);
        expect(queue.first()).toBe(sorted[0] ?? -1);
        expect(queue.firstOf(fits)).toBe(those[0] ?? -1);
        expect(queue.firstOf(() => false)).toBe(-1);
        expect(queue.countOf(fits)).toBe(those.length);
        expect([...queue.classes]).toEqual(
          [...new Set(sorted.map((rank) => classOf[rank]!))].sort((a, b) => a - b),
        );
      }),
    );
  });

  it('leaves every earlier version as it was, and is itself where nothing changes', () => {
    const before = queueOf(100, 3).empty.add(3).add(70);
    before.delete(3).add(50);
    expect([...before]).toEqual([3, 70]);
    expect(before.add(3)).toBe(before);
    expect(before.delete(4)).toBe(before);
  });

  it('asks once for each class, however many wait', () => {
    const { empty } = queueOf(2_000, 3);
    let queue = empty;
    for (let rank = 0; rank < 2_000; rank++) queue = queue.add(rank);
    const asked: number[] = [];
    queue.firstOf((each) => {
      asked.push(each);
      return false;
    });
    expect(asked.sort()).toEqual([0, 1, 2]);
  });
});
