import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/core/state.ts';
import { criticalPath } from '../../../src/core/projections/critical-path.ts';
import { isNodeSettled } from '../../../src/core/projections/node-words.ts';
import { Random } from '../../sim/random.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { given } from '../../support/scenario.ts';
import { sealed, submits } from '../../support/scenario-moves.ts';
import { wanders } from '../../support/scenario-drive.ts';
import { plan } from '../../support/scenario-plan.ts';

/** lexer (8) ◄─ parser (10) ◄─ tier front ◄─ ship; vm (12) ◄─ ship. One minute of review each. */
const small = plan({
  modules: { lexer: { minutes: 8 }, parser: { needs: ['lexer'] }, vm: { minutes: 12 } },
  tiers: { front: { modules: ['lexer', 'parser'] } },
  gates: { ship: { requires: ['tier:front', 'vm'] } },
});
const told = (state: RunState) => {
  const { nodes, edges, minutes } = criticalPath(state);
  return { path: [...nodes].map((node) => state.graph.refs[node]), edges: [...edges], minutes };
};

describe('the critical path', () => {
  it('is the longest chain of estimates, through tiers and gates to the end', () => {
    expect(told(given(small).state)).toEqual({
      path: ['module:lexer', 'module:parser', 'tier:front', 'gate:ship'],
      edges: ['0>1', '1>3', '3>4'],
      minutes: 20,
    });
  });

  it('goes on from what is not sealed, and counts only what is left of it', () => {
    const run = given(small, ...sealed('lexer'), submits('parser'));
    expect(told(run.state)).toMatchObject({ path: ['module:vm', 'gate:ship'], minutes: 13 });
    run.when(...sealed('vm'));
    expect(told(run.state)).toMatchObject({ path: ['module:parser', 'tier:front', 'gate:ship'] });
    expect(told(run.state).minutes).toBe(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 24, 27, 43, 89])(
    'is never beaten by another chain, seed %i',
    (seed) => {
      const random = new Random(seed);
      const run = given(randomPlan(random));
      wanders(run, random, random.between(0, 60));
      const { state } = run;
      const { nodes, minutes } = criticalPath(state);
      for (const node of nodes) expect(isNodeSettled(state, node)).toBe(false);
      // By relaxing every edge as often as there are nodes, as slowly as it is plain.
      const { graph } = state;
      const own = (node: number) => (node < graph.modules ? criticalOwn(state, node) : 0);
      const longest = graph.refs.map((_, node) => own(node));
      for (const _ of graph.refs) {
        graph.refs.forEach((_, node) => {
          if (isNodeSettled(state, node)) return;
          for (const next of graph.dependents[node]!) {
            longest[node] = Math.max(longest[node]!, own(node) + longest[next]!);
          }
        });
      }
      expect(minutes).toBeCloseTo(
        Math.max(0, ...longest.filter((_, n) => !isNodeSettled(state, n))),
      );
    },
  );
});

/** What a module has left where nobody told how far it is. */
function criticalOwn(state: RunState, node: number): number {
  const { life } = state.modules.get(node);
  const { minutes, review } = state.plan.modules[node]!.estimate;
  if (life.at === 'abandoned' || (life.at === 'sealed' && !life.stale)) return 0;
  // A seal that is in question is only judged again; so is what has passed, or is disputed.
  const built = ['submitted', 'evaluating', 'passed', 'disputed', 'sealed'].includes(life.at);
  return built ? review : minutes + review;
}
