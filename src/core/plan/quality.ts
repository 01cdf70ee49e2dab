import type { Issue } from './issue.ts';
import { codeInfo } from './codes.ts';
import { adviceIssues } from './advise.ts';
import type { Normalised } from './normalise.ts';
import type { Plan } from './plan.ts';
import { predict } from './predict.ts';
import type { PlanFile } from './schema.ts';
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
export function wholeIssues(normalised: Normalised, file: PlanFile): Issue[] {
  const { plan, places } = normalised;
  const issues = graphIssues(normalised);
  // With a cycle there is no schedule to predict.
  if (issues.some(({ code }) => codeInfo(code).stops === 'graph')) return issues;
  const prediction = predict(plan);
  return [
    ...issues,
    ...preconditionIssues(plan, prediction),
    ...adviceIssues(plan, file, places, prediction),
  ];
}

/** As far as the graph shows it, without predicting how long anything takes. */
export function graphIssues({ plan, places }: Normalised): Issue[] {
  return [...cycleIssues(plan, places), ...softIssues(plan, places), ...shapeIssues(plan)];
}
