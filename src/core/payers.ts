import { takesReviewer } from './count-work.ts';
import { refOf } from './graph.ts';
import type { PoolKind } from './plan/plan.ts';
import { poolScopes, sharedScopesOf, type SharedScope } from './scopes.ts';
import type { RunState } from './state.ts';
import { asksReviewer } from './module-state.ts';

/**
 * The shared budgets that pay for a pool's next work on a node: none where no agent is asked, as for
 * what is judged by its checks alone.
 */
export function payersOf(state: RunState, pool: PoolKind, node: number): readonly SharedScope[] {
  const { graph } = state;
  if (node >= graph.tierBase) {
    return takesReviewer(state, node) ? sharedScopesOf(refOf(graph, node), 'integrator') : [];
  }
  if (pool !== 'reviewers') return poolScopes(pool);
  const { life } = state.modules.get(node);
  return life.at === 'submitted' && !asksReviewer(life.submission) ? [] : poolScopes('reviewers');
}
