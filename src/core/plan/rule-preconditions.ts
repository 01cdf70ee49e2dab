import { issue, type Issue } from './issue.ts';
import { phrase, phrases } from '../phrase.ts';
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
  const message = phrase('the preconditions do not speak of {0}', missing.join(', '));
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
  const message = phrases(
    count,
    'there is {0} module, and it takes {1} to gain from building side by side',
    'there are {0} modules, and it takes {1} to gain from building side by side',
    minModules,
  );
  const fix =
    count === 2
      ? phrase('Use a managed pair: one agent builds both modules, a second judges each.')
      : phrase('Use one agent.');
  return issue('too-few-modules', ['modules'], message, fix);
}

function tooSmall(plan: Plan, build: number, cost: number): Issue {
  const message = phrase(
    'a module takes {0} minutes on average, and costs {1} to coordinate and review',
    round(build),
    round(cost),
  );
  const total = plan.modules.reduce((sum, { estimate }) => sum + estimate.minutes, 0);
  const fix = phrase(
    'Use one agent: it does all of it in {0} minutes; or merge modules.',
    round(total),
  );
  return issue('work-too-small', ['preconditions', 'workPerModule'], message, fix);
}

function smallModules(plan: Plan): Issue[] {
  return plan.modules
    .filter(({ estimate }) => estimate.minutes < coordinationMinutes + estimate.review)
    .map(({ id, estimate }) => {
      const cost = coordinationMinutes + estimate.review;
      const message = phrase(
        'module {0} takes {1} minutes, and costs {2} to coordinate and review',
        id,
        round(estimate.minutes),
        round(cost),
      );
      return issue('module-too-small', ['modules', id, 'estimate'], message);
    });
}

/** At least a fifth shorter than one agent's time. */
export const isFaster = ({ parallelMinutes, sequentialMinutes }: Prediction): boolean =>
  parallelMinutes <= sequentialMinutes * maxShare;

function notFaster(plan: Plan, prediction: Prediction): Issue[] {
  const { parallelMinutes, sequentialMinutes, criticalMinutes } = prediction;
  if (isFaster(prediction)) return [];
  const message = phrase(
    '{0} modules take {1} minutes side by side, one agent {2}: not a fifth shorter (the longest chain of dependencies takes {3})',
    plan.modules.length,
    round(parallelMinutes),
    round(sequentialMinutes),
    round(criticalMinutes),
  );
  const fix =
    sequentialMinutes <= oneSittingMinutes
      ? phrase(
          'Use one agent: {0} minutes are one sitting, and nothing is handed over.',
          round(sequentialMinutes),
        )
      : phrase(
          'Use test-driven pairing: one agent writes the next tests, another makes them pass, in the order of the dependencies. Or cut dependencies on the longest chain.',
        );
  return [issue('not-faster', ['preconditions'], message, fix)];
}

function mean(modules: readonly ModulePlan[], of: (module: ModulePlan) => number): number {
  return modules.reduce((sum, module) => sum + of(module), 0) / modules.length;
}

const round = (minutes: number): number => Math.round(minutes * 10) / 10;
