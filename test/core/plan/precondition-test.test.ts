import { describe, expect, it } from 'vitest';
import type { Assessment, Piece } from '../../../src/core/plan/assessment.ts';
import { pieceFaults } from '../../../src/core/plan/piece-faults.ts';
import { testPreconditions } from '../../../src/core/plan/precondition-test.ts';

const piece = (id: string, over: Partial<Piece> = {}): Piece => ({
  ...{ id, purpose: `Does ${id}.`, needs: [], minutes: 30, review: 1, tokens: 100_000 },
  ...over,
});

const holds = { holds: true, says: 'It does.', evidence: ['README.md:1'] };

const assessed = (
  pieces: readonly Piece[],
  over: Partial<Assessment['conditions']> = {},
): Assessment => ({
  conditions: { modules: holds, interfaces: holds, workPerModule: holds, ...over },
  pieces,
});

const needs = (on: string, kind: 'hard' | 'soft' = 'hard') => ({ needs: [{ on, kind }] });

describe('the precondition test', () => {
  it('lets a goal pass whose pieces can be built side by side, with figures for both ways', () => {
    const test = testPreconditions(assessed([piece('a'), piece('b'), piece('c')]), 2);
    expect(test.recommends).toBeNull();
    expect(test.failed).toEqual([]);
    expect(test.sequential).toEqual({ minutes: 90, tokens: 300_000, microUsd: 600_000 });
    // One minute of coordination and one of review, each paid like building.
    expect(test.parallel.minutes).toBe(33);
    expect(test.parallel.tokens).toBe(320_000);
    expect(test.parallel.microUsd).toBe(640_000);
    expect(test.lowerBoundMinutes).toBe(32.5);
  });

  it.each([
    ['one piece', [piece('a')], 'one-agent', 'modules'],
    ['two pieces', [piece('a'), piece('b')], 'managed-pair', 'modules'],
    [
      'little work in each',
      [1, 2, 3, 4].map((n) => piece(`p${n}`, { minutes: 1.5 })),
      'one-agent',
      'workPerModule',
    ],
    [
      'a short chain',
      [
        piece('a', { minutes: 15 }),
        piece('b', { minutes: 15, ...needs('a') }),
        piece('c', { minutes: 15, ...needs('b') }),
      ],
      'one-agent',
      'workPerModule',
    ],
    [
      'a long chain',
      [piece('a'), piece('b', needs('a')), piece('c', needs('b'))],
      'test-driven-pairing',
      'workPerModule',
    ],
  ])(
    '%s: recommends what is simpler, and says which condition fails',
    (_, pieces, pattern, name) => {
      const test = testPreconditions(assessed(pieces), 0);
      expect(test.recommends).toBe(pattern);
      expect(test.failed.map(({ condition }) => condition)).toContain(name);
    },
  );

  it('sees that a stand-in takes a piece off the chain', () => {
    const chain = (kind: 'hard' | 'soft') =>
      testPreconditions(
        assessed([piece('a'), piece('b', needs('a', kind)), piece('c', needs('b', kind))]),
        0,
      );
    expect(chain('soft').recommends).toBeNull();
    expect(chain('soft').parallel.minutes).toBeLessThan(chain('hard').parallel.minutes);
  });

  it('is never milder than the architect, whatever the figures say', () => {
    const fine = [piece('a'), piece('b'), piece('c')];
    const no = { ...holds, holds: false, says: 'It does not.' };
    const untestable = testPreconditions(assessed(fine, { interfaces: no }), 0);
    expect(untestable.recommends).toBe('test-driven-pairing');
    expect(untestable.failed).toEqual([{ condition: 'interfaces', says: 'It does not.' }]);
    expect(testPreconditions(assessed(fine, { modules: no }), 0).recommends).toBe('managed-pair');
  });

  it('is never milder than the figures, whatever the architect says', () => {
    const { failed } = testPreconditions(assessed([piece('a'), piece('b')]), 0);
    expect(failed[0]?.says).toContain('there are 2 modules');
  });
});

describe('pieces', () => {
  it('that wait for each other in a circle can never begin', () => {
    const circle = [piece('a', needs('b')), piece('b', needs('a')), piece('c')];
    expect(pieceFaults(circle)).toEqual([
      { index: 0, message: 'none of a, b can ever begin: they wait in a circle' },
    ]);
    expect(pieceFaults([piece('a', needs('b', 'soft')), piece('b', needs('a'))])).toEqual([]);
  });

  it('have names of their own, and need only each other', () => {
    const wrong = [piece('a', needs('z')), piece('a'), piece('c', needs('c')), piece('tiers')];
    expect(pieceFaults(wrong).map(({ message }) => message)).toEqual([
      'there is another piece named a',
      'tiers is a name of ours; give the piece another',
      'there is no piece z to need',
      'c needs itself',
    ]);
  });
});
