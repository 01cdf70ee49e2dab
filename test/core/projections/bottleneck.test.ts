import { describe, expect, it } from 'vitest';
import { bottleneck } from '../../../src/core/projections/bottleneck.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { sealed } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';

const found = ({ state }: Scenario) => {
  const most = bottleneck(state);
  return most === null ? null : [state.graph.refs[most.node], most.held, most.all];
};

describe('what most modules wait for', () => {
  it('is nothing where none waits', () => {
    expect(found(given(plan({ modules: { a: {}, b: {} } })))).toBeNull();
  });

  it('is counted through others, tiers too, and not by what needs it directly', () => {
    const run = plan({
      modules: {
        slow: {},
        wide: {},
        x: { needs: ['wide'] },
        y: { needs: ['wide'] },
        one: { needs: ['slow'] },
        two: { needs: ['tier:low'] },
        three: { needs: ['two'] },
        four: { needs: ['three', 'wide'] },
      },
      tiers: { low: { modules: ['one'] } },
    });
    expect(found(given(run))).toEqual(['module:slow', 4, 6]);
    expect(found(given(run, ...sealed('slow')))).toEqual(['module:wide', 3, 5]);
  });

  it('is the first of the plan where several hold up as many', () => {
    const run = plan({
      modules: { b: {}, a: {}, x: { needs: ['b'] }, y: { needs: ['a'] } },
    });
    expect(found(given(run))).toEqual(['module:b', 1, 2]);
  });
});
