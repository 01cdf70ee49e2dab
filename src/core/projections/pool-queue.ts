import { takesReviewer } from '../count-work.ts';
import { mayTake } from '../claims.ts';
import { runHold } from '../hold.ts';
import { payersOf } from '../payers.ts';
import type { PoolKind } from '../plan/plan.ts';
import { poolScopes, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';

/** How much is ready for a pool and has not begun. */
export function queued(state: RunState, pool: PoolKind): number {
  switch (pool) {
    case 'planners':
      return state.toAmend.size + state.toArbitrate.size;
    case 'builders':
      return state.toGenerate.size;
    case 'reviewers':
      return state.toEvaluate.size + state.toJudge.size;
  }
}

/** The budgets that pay for the first that waits for a place of a pool; none where no agent is asked. */
export function waitingPayers(state: RunState, pool: PoolKind): readonly SharedScope[] {
  if (pool !== 'reviewers') return poolScopes(pool);
  const { toEvaluate, toCheck, toJudge } = state;
  if (toEvaluate.size > toCheck.size) return poolScopes('reviewers');
  const composed = [...toJudge].find((node) => takesReviewer(state, node));
  if (composed !== undefined) return payersOf(state, pool, composed);
  return toEvaluate.size === 0 ? poolScopes('reviewers') : [];
}

/** How much of what waits for a place of a pool lacks no resource. */
export function startable(state: RunState, pool: PoolKind): number {
  if (state.plan.resources.length === 0 || runHold(state) !== null) return queued(state, pool);
  const may = (demandClass: number): boolean => mayTake(state, demandClass, -1);
  switch (pool) {
    case 'planners':
      return state.toAmend.size + state.toArbitrate.size;
    case 'builders':
      return state.toGenerate.countOf(may);
    case 'reviewers': {
      const { judge } = state.graph.demands;
      const composed = [...state.toJudge].filter((node) => may(judge[node] ?? 0));
      return state.toEvaluate.countOf(may) + composed.length;
    }
  }
}
