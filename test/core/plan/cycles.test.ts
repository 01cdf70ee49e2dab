import { describe, expect, it } from 'vitest';
import { cycleIssues } from '../../../src/core/plan/rule-cycles.ts';
import { plan } from '../../support/scenario-plan.ts';

const cyclesOf = (its: ReturnType<typeof plan>): string[] =>
  cycleIssues(its).map(({ message }) => message);

describe('a cycle', () => {
  it('of hard edges is refused, with its path', () => {
    const modules = { a: { needs: ['b'] }, b: { needs: ['a'] } };
    expect(cyclesOf(plan({ modules }))).toEqual(['a cycle of hard dependencies: a → b → a']);
  });

  it('through a soft or a feedback edge is not refused', () => {
    const modules = { a: { soft: ['b'] }, b: { needs: ['a'], feedback: { c: 2 } }, c: {} };
    expect(cyclesOf(plan({ modules }))).toEqual([]);
  });

  it('through a tier that waits for seals is refused also where an edge is soft', () => {
    const modules = { a: { soft: ['b'] }, b: { needs: ['tier:t'] } };
    expect(cyclesOf(plan({ modules, tiers: { t: { modules: ['a'] } } }))).toEqual([
      'a cycle through what waits for seals; name the modules instead: a → b → tier:t → a',
    ]);
  });

  it('through a tier that waits for seals is refused also where an edge is feedback', () => {
    const modules = { a: {}, b: { needs: ['tier:t'], feedback: { a: 1 } } };
    expect(cyclesOf(plan({ modules, tiers: { t: { modules: ['a'] } } }))).toHaveLength(1);
  });
});
