import {
  attemptAllowance,
  integrationAllowance,
  overruns,
  planningAllowance,
  reviewAllowance,
} from '../allowance.ts';
import type { Amount } from '../budget.ts';
import { mayTake, nextIn } from '../claims.ts';
import { modulePlan } from '../graph.ts';
import { wantedBy } from '../held.ts';
import { builderHold, runHold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import { takesReviewer } from '../settle.ts';
import type { RunState } from '../state.ts';

/**
 * Whether something ready stands beside a free place of a pool although nothing that has a name holds
 * it. Law 9 says that this never lasts; a report measures it all the same.
 */
export function standsUnheld(state: RunState, pool: PoolKind): boolean {
  if (state.phase.at !== 'building' || runHold(state) !== null) return false;
  if (state.atWork[pool] >= state.plan.pools[pool].max) return false;
  switch (pool) {
    case 'planners': {
      const node = state.graph.byRank[state.toAmend.first()];
      if (node === undefined) return false;
      return fits(state, planningAllowance(modulePlan(state.plan, node).budget));
    }
    case 'builders': {
      const node = builderHold(state) === null ? nextIn(state, state.toGenerate) : -1;
      if (node === -1) return false;
      return fits(state, attemptAllowance(state.modules.get(node), budgetOf(state, node)));
    }
    case 'reviewers': {
      const node = nextIn(state, state.toEvaluate);
      if (node !== -1) {
        return fits(state, reviewAllowance(state.modules.get(node), budgetOf(state, node)));
      }
      const composed = [...state.toJudge].some(
        (each) => takesReviewer(state, each) && mayTake(state, wantedBy(state, each), each),
      );
      return composed && fits(state, integrationAllowance(state.plan.budget));
    }
  }
}

const budgetOf = (state: RunState, node: number) => modulePlan(state.plan, node).budget;

/** Nothing that others have reserved stands in its way. */
const fits = (state: RunState, wanted: Amount): boolean =>
  overruns(state, wanted) === null || state.reservations.size === 0;
