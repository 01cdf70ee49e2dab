import type { Issue } from './issue.ts';
import type { PlanPlaces } from './normalise.ts';
import { planGraph } from './plan-graph.ts';
import type { Plan } from './plan.ts';
import { cycleIssues } from './rule-cycles.ts';
import { ownershipIssues } from './rule-ownership.ts';
import { pathIssues } from './rule-paths.ts';
import { poolIssues } from './rule-pools.ts';
import { preconditionIssues, statementIssues } from './rule-preconditions.ts';
import { promiseIssues } from './rule-promises.ts';
import { shapeIssues } from './rule-shape.ts';
import { softIssues } from './rule-soft.ts';

/** What each part shows by itself, also where names elsewhere could not be resolved. */
export function partIssues(plan: Plan): Issue[] {
  return [
    ...statementIssues(plan),
    ...pathIssues(plan),
    ...promiseIssues(plan),
    ...ownershipIssues(plan),
    ...poolIssues(plan),
  ];
}

/** What only the whole shows: it would be wrong of a plan that some of its names are missing from. */
export function wholeIssues(plan: Plan, places?: PlanPlaces): Issue[] {
  const cycles = cycleIssues(planGraph(plan, places));
  return [
    ...cycles,
    ...softIssues(plan, places),
    ...shapeIssues(plan),
    // With a cycle there is no schedule to predict.
    ...(cycles.length > 0 ? [] : preconditionIssues(plan)),
  ];
}
