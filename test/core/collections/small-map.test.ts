import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmallMap } from '../../../src/core/collections/small-map.ts';

const key = fc.integer({ min: 0, max: 9 });
const change = fc.oneof(fc.record({ set: key, value: fc.nat() }), fc.record({ delete: key }));

describe('a small map', () => {
  it('holds what a map would after the same changes, in the same order', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        let small = SmallMap.from<number, number>([]);
        const map = new Map<number, number>();
        for (const each of changes) {
          const before = [...small];
          const previous = small;
          if ('set' in each) {
            small = small.set(each.set, each.value);
            map.set(each.set, each.value);
          } else {
            small = small.delete(each.delete);
            map.delete(each.delete);
          }
          expect([...previous]).toEqual(before);
          expect([...small]).toEqual([...map]);
          expect(small.size).toBe(map.size);
        }
        for (let k = 0; k < 10; k++) {
          expect(small.get(k)).toBe(map.get(k));
          expect(small.has(k)).toBe(map.has(k));
        }
      }),
    );
  });

  it('stays itself where there was nothing to delete', () => {
    const map = SmallMap.from([['a', 1]]);
    expect(map.delete('b')).toBe(map);
  });
});
