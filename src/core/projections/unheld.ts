import { attemptAllowance, planningAllowance, reviewAllowance } from '../allowance.ts';
import { mayTake, nextIn } from '../claims.ts';
import { integration, ofModule, waitsForBudget } from '../decide-budget.ts';
import { modulePlan, refOf } from '../graph.ts';
import { wantedBy } from '../held.ts';
import { builderHold, runHold } from '../hold.ts';
import type { PoolKind } from '../plan/plan.ts';
import { takesReviewer } from '../count-work.ts';
import { awaitedProvider } from '../provider-trouble.ts';
import type { RunState } from '../state.ts';

/**
 * Whether something ready stands beside a free place of a pool although nothing that has a name holds
 * it. Law 9 says that this never lasts; a report measures it all the same.
 */
export function standsUnheld(state: RunState, pool: PoolKind): boolean {
  if (state.phase.at !== 'building' || runHold(state) !== null) return false;
  if (state.atWork[pool] >= state.plan.pools[pool].max) return false;
  const awaited = awaitedProvider(state, pool) !== null;
  switch (pool) {
    case 'planners':
      if (awaited) return false;
      return [state.toArbitrate, state.toAmend].some((queue) => {
        const node = state.graph.byRank[queue.first()];
        if (node === undefined) return false;
        const wanted = planningAllowance(budgetOf(state, node));
        return !waitsForBudget(state, ofModule(idOf(state, node), 'planner', wanted));
      });
    case 'builders': {
      const node = builderHold(state) === null ? nextIn(state, state.toGenerate) : -1;
      if (node === -1) return false;
      const wanted = attemptAllowance(state.modules.get(node), budgetOf(state, node));
      return !waitsForBudget(state, ofModule(idOf(state, node), 'builder', wanted));
    }
    case 'reviewers': {
      // Whom nobody pays for, no budget holds.
      if (nextIn(state, state.toCheck) !== -1) return true;
      if (awaited) return false;
      const node = nextIn(state, state.toEvaluate);
      if (node !== -1) {
        const wanted = reviewAllowance(state.modules.get(node), budgetOf(state, node));
        const work = ofModule(idOf(state, node), 'reviewer', wanted);
        if (!waitsForBudget(state, work)) return true;
      }
      return [...state.toJudge].some(
        (each) =>
          takesReviewer(state, each) &&
          mayTake(state, wantedBy(state, each), each) &&
          !waitsForBudget(state, integration(state, refOf(state.graph, each))),
      );
    }
  }
}

const budgetOf = (state: RunState, node: number) => modulePlan(state.plan, node).budget;

const idOf = (state: RunState, node: number) => state.modules.get(node).id;
