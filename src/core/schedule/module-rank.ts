import type { Plan } from '../plan/plan.ts';
import { planProblem } from './plan-problem.ts';
import { urgency } from './urgency.ts';

/**
 * The order in which ready modules are taken, the most urgent first; ties in the order of the
 * plan. A module comes before all that waits for it.
 */
export function modulesByUrgency(plan: Plan): number[] {
  const rank = urgency(planProblem(plan).problem);
  return plan.modules
    .map((_, node) => node)
    .sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b);
}
