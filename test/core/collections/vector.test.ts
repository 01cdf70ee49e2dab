import { assert, array, constantFrom, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vector } from '../../../src/core/collections/vector.ts';

/** Around the borders of one, two and three levels. */
const length = constantFrom(1, 2, 31, 32, 33, 1_023, 1_024, 1_025, 1_100);

describe('a vector', () => {
  it('holds what a plain array would hold after the same changes', () => {
    const changes = array(tuple(nat(), integer()), { maxLength: 50 });
    assert(
      property(length, changes, (size, all) => {
        const plain = Array.from({ length: size }, (_, i) => i);
        let vector = Vector.from(plain);
        for (const [at, value] of all) {
          plain[at % size] = value;
          vector = vector.set(at % size, value);
        }
        expect(vector.toArray()).toEqual(plain);
        expect([...vector]).toEqual(plain);
        expect(vector.length).toBe(size);
      }),
    );
  });

  it('leaves every earlier version as it was', () => {
    assert(
      property(length, nat(), (size, at) => {
        const before = Vector.from(Array.from({ length: size }, () => 0));
        const after = before.set(at % size, 1);
        expect(before.get(at % size)).toBe(0);
        expect(after.get(at % size)).toBe(1);
      }),
    );
  });

  it('tells what changed since an earlier version, and where they are one nothing', () => {
    const changes = array(tuple(nat(), constantFrom(0, 1)), { maxLength: 50 });
    assert(
      property(length, changes, nat({ max: 40 }), (size, all, more) => {
        const before = Vector.from(Array.from({ length: size }, () => 0));
        let after = before;
        for (const [at, value] of all) after = after.set(at % size, value);
        for (let i = 0; i < more; i++) after = after.append(0);
        const told: number[] = [];
        after.changedSince(before, (index) => told.push(index));
        const changed = after.toArray().flatMap((item, i) => (item === 1 || i >= size ? [i] : []));
        // Another depth is looked at whole.
        expect(told).toEqual(told.length === after.length ? [...after].map((_, i) => i) : changed);
        const none: number[] = [];
        after.changedSince(after, (index) => none.push(index));
        expect(none).toEqual([]);
        before.changedSince(after, (index) => none.push(index));
        expect(none.every((index) => index < size)).toBe(true);
        for (const [index, item] of after.toArray().slice(0, size).entries()) {
          if (item !== 0) expect(none).toContain(index);
        }
      }),
    );
  });

  it('is itself where nothing changes', () => {
    const item = {};
    const vector = Vector.from([item, {}]);
    expect(vector.set(0, item)).toBe(vector);
  });

  it('has nothing beyond its ends', () => {
    for (const at of [-1, 2]) {
      expect(() => Vector.from([1, 2]).get(at)).toThrow(RangeError);
      expect(() => Vector.from([1, 2]).set(at, 3)).toThrow(RangeError);
    }
    expect(Vector.from([]).toArray()).toEqual([]);
  });
});
