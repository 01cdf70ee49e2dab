import { mutualMentions, mutualNeeds } from './advise-feedback.ts';
import { resourceAdvice } from './advise-resources.ts';
import { softAdvice } from './advise-soft.ts';
import type { Issue } from './issue.ts';
import type { PlanPlaces } from './normalise.ts';
import type { ModuleId } from '../ids.ts';
import type { Plan } from './plan.ts';
import type { Prediction } from './predict.ts';
import type { PlanFile } from './schema.ts';
import { Trial } from './trial.ts';

/**
 * What a plan without cycles could say better of its dependencies, each with an edit that says so.
 * Nothing here keeps a plan from being run.
 */
export function adviceIssues(
  plan: Plan,
  file: PlanFile,
  places: PlanPlaces,
  prediction: Prediction,
): Issue[] {
  const trial = new Trial(plan, prediction);
  return [
    ...softAdvice(plan, places, trial),
    ...resourceAdvice(plan, file, trial),
    ...mutualNeeds(plan, places),
    ...mutualMentions(plan, purposes(plan), null),
  ];
}

/** The same with the contracts' texts: what their purposes alone do not show. */
export function contractAdvice(plan: Plan, contracts: ReadonlyMap<ModuleId, string>): Issue[] {
  const known = purposes(plan);
  const texts = new Map(
    [...known].map(([id, purpose]) => [id, `${purpose}\n${contracts.get(id) ?? ''}`]),
  );
  return mutualMentions(plan, texts, known);
}

const purposes = (plan: Plan): ReadonlyMap<ModuleId, string> =>
  new Map(plan.modules.map(({ id, purpose }) => [id, purpose]));
