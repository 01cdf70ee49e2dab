import { expect, it } from 'vitest';
import { Log } from '../../../src/core/collections/log.ts';

it('every version of a log holds what was appended to it and nothing else', () => {
  const one = Log.empty<number>().append(1);
  const two = one.append(2);
  const other = one.append(3).append(4);
  expect([...one]).toEqual([1]);
  expect([...two]).toEqual([1, 2]);
  expect([...other]).toEqual([1, 3, 4]);
  expect([one.length, two.length, other.length]).toEqual([1, 2, 3]);
});

it('the items of a version are the same array every time', () => {
  const log = Log.empty<number>().append(1);
  const items = log.toArray();
  log.append(2);
  expect(log.toArray()).toBe(items);
  expect(items).toEqual([1]);
});
