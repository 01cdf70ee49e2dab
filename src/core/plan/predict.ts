import { parallelSchedule } from '../schedule/parallel.ts';
import { planProblem } from '../schedule/plan-problem.ts';
import { remainingPaths } from '../schedule/problem.ts';
import { urgency } from '../schedule/urgency.ts';
import type { Plan } from './plan.ts';

/** The time a plan takes, by its estimates alone. */
export interface Prediction {
  readonly parallelMinutes: number;
  /** One agent, one module after the other, without review and coordination. */
  readonly sequentialMinutes: number;
  /** The longest chain of modules that wait for each other, with review and coordination. */
  readonly criticalMinutes: number;
}

/**
 * Predicts a plan without cycles:
 *
 *     sequential = Σ minutes
 *     parallel   = the end of the schedule that a run would follow (`planProblem` says what waits
 *                  for what), whenever a place is free giving it to the most urgent module
 */
export function predict(plan: Plan): Prediction {
  const { problem } = planProblem(plan);
  const critical = remainingPaths(problem).reduce((most, each) => Math.max(most, each), 0);
  return {
    parallelMinutes: parallelSchedule(problem, urgency(problem)).makespan,
    sequentialMinutes: plan.modules.reduce((sum, { estimate }) => sum + estimate.minutes, 0),
    criticalMinutes: critical,
  };
}
