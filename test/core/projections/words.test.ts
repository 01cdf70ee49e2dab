import { describe, expect, it } from 'vitest';
import { age, clockTime, money, tokens } from '../../../src/core/projections/figures.ts';
import { duration, listed, roughly, utcTime } from '../../../src/core/projections/words.ts';

describe('numbers are told as people say them', () => {
  it.each([
    [duration(400), '0.4 s'],
    [duration(42_000), '42 s'],
    [duration(192_000), '3 min 12 s'],
    [duration(3_840_000), '1 h 04 min'],
    [duration(-5), '0.0 s'],
    [roughly(700_000), '12 min'],
    [clockTime(3_852_000), '1:04:12'],
    [money(1_200_000), '$1.20'],
    [money(4_000), '$0.0040'],
    [money(0), '$0.00'],
    [tokens(999), '999'],
    [tokens(12_345), '12.3 k'],
    [tokens(120_000), '120 k'],
    [tokens(999_949), '999.9 k'],
    [tokens(999_950), '1 M'],
    [tokens(1_240_000), '1.24 M'],
    [age(-5), '0 s'],
    [age(59_999), '59 s'],
    [age(400_000), '6 min'],
    [age(3_600_000), '1 h'],
    [age(172_800_000), '2 d'],
    [listed(['a']), 'a'],
    [listed(['a', 'b', 'c']), 'a, b and c'],
    [listed(['a', 'b', 'c', 'd']), 'a, b and 2 more'],
  ])('%s is %s', (given, wanted) => {
    expect(given).toBe(wanted);
  });

  it.each([
    0, 951_782_400_000, 951_868_799_999, 1_709_164_800_000, 1_772_366_400_000, 4_107_542_400_000,
  ])('the time of %i is what the calendar says', (ms) => {
    const iso = new Date(ms).toISOString();
    expect(utcTime(ms)).toBe(`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`);
  });
});
