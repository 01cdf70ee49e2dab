import { issue, type Issue } from './issue.ts';
import { coordinationMinutes } from '../schedule/plan-problem.ts';
import type { ModulePlan, Plan } from './plan.ts';
import type { Prediction } from './predict.ts';

const minModules = 3;
/** Predicted time ÷ one agent's time, at most. */
const maxShare = 4 / 5;
/** What one agent does in a sitting, without losing sight of it. */
export const oneSittingMinutes = 60;

/** The author has said why the pattern fits. */
export function statementIssues({ preconditions }: Plan): Issue[] {
  const missing = (['modules', 'interfaces', 'workPerModule'] as const).filter(
    (field) => preconditions[field] === '',
  );
  if (missing.length === 0) return [];
  const message = `the preconditions do not speak of ${missing.join(', ')}`;
  return [issue('missing-preconditions', ['preconditions'], message)];
}

/** And it does fit, by the figures; the first thing that does not hold is told. */
export function preconditionIssues(plan: Plan, prediction: Prediction): Issue[] {
  if (plan.modules.length < minModules) return [tooFew(plan)];
  const build = mean(plan.modules, ({ estimate }) => estimate.minutes);
  const review = mean(plan.modules, ({ estimate }) => estimate.review);
  const cost = coordinationMinutes + review;
  if (build < cost) return [tooSmall(plan, build, cost)];
  return [...smallModules(plan), ...notFaster(plan, prediction)];
}

function tooFew(plan: Plan): Issue {
  const count = plan.modules.length;
  const message = `${count === 1 ? 'there is 1 module' : `there are ${count} modules`}, and it takes ${minModules} to gain from building side by side`;
  const fix =
    count === 2
      ? 'Use a managed pair: one agent builds both modules, a second judges each.'
      : 'Use one agent.';
  return issue('too-few-modules', ['modules'], message, fix);
}

function tooSmall(plan: Plan, build: number, cost: number): Issue {
  const message =
    `a module takes ${round(build)} minutes on average, ` +
    `and costs ${round(cost)} to coordinate and review`;
  const total = plan.modules.reduce((sum, { estimate }) => sum + estimate.minutes, 0);
  const fix = `Use one agent: it does all of it in ${round(total)} minutes; or merge modules.`;
  return issue('work-too-small', ['preconditions', 'workPerModule'], message, fix);
}

function smallModules(plan: Plan): Issue[] {
  return plan.modules
    .filter(({ estimate }) => estimate.minutes < coordinationMinutes + estimate.review)
    .map(({ id, estimate }) => {
      const cost = coordinationMinutes + estimate.review;
      const message = `module ${id} takes ${round(estimate.minutes)} minutes, and costs ${round(cost)} to coordinate and review`;
      return issue('module-too-small', ['modules', id, 'estimate'], message);
    });
}

/** At least a fifth shorter than one agent's time. */
export const isFaster = ({ parallelMinutes, sequentialMinutes }: Prediction): boolean =>
  parallelMinutes <= sequentialMinutes * maxShare;

function notFaster(plan: Plan, prediction: Prediction): Issue[] {
  const { parallelMinutes, sequentialMinutes, criticalMinutes } = prediction;
  if (isFaster(prediction)) return [];
  const message =
    `${plan.modules.length} modules take ${round(parallelMinutes)} minutes side by side, ` +
    `one agent ${round(sequentialMinutes)}: not a fifth shorter ` +
    `(the longest chain of dependencies takes ${round(criticalMinutes)})`;
  const fix =
    sequentialMinutes <= oneSittingMinutes
      ? `Use one agent: ${round(sequentialMinutes)} minutes are one sitting, and nothing is handed over.`
      : 'Use test-driven pairing: one agent writes the next tests, another makes them pass, in the order of the dependencies. Or cut dependencies on the longest chain.';
  return [issue('not-faster', ['preconditions'], message, fix)];
}

function mean(modules: readonly ModulePlan[], of: (module: ModulePlan) => number): number {
  return modules.reduce((sum, module) => sum + of(module), 0) / modules.length;
}

const round = (minutes: number): string => String(Math.round(minutes * 10) / 10);
