import type { ModuleId } from '../ids.ts';
import type { SealedDurations } from '../projections/durations.ts';
import type { Estimate, ModulePlan, Plan } from './plan.ts';

/** What an earlier run of a plan of this name took. */
export interface EarlierRun {
  readonly plan: Plan;
  readonly durations: ReadonlyMap<ModuleId, SealedDurations>;
}

/** Shorter than this nothing is taken to be: a schedule of nothing tells nothing. */
const leastMinutes = 0.01;

/**
 * The plan with what earlier runs say in place of its estimates: of each module that they sealed
 * under a contract at the same place, the median. What none of them tells stays as the plan says.
 */
export function withHistory(plan: Plan, runs: readonly EarlierRun[]): Plan {
  const earlier = runs.filter((run) => run.plan.artifact.name === plan.artifact.name);
  if (earlier.length === 0) return plan;
  const modulesOf = earlier.map((run) => new Map(run.plan.modules.map((each) => [each.id, each])));
  return {
    ...plan,
    modules: plan.modules.map((module) => {
      const told = earlier.flatMap(({ durations }, run) => {
        const same = isSame(module, modulesOf[run]?.get(module.id));
        return same ? (durations.get(module.id) ?? []) : [];
      });
      const estimate = medianOf(told);
      return estimate === null ? module : { ...module, estimate };
    }),
  };
}

function isSame(module: ModulePlan, earlier: ModulePlan | undefined): boolean {
  return (
    earlier?.contract.file === module.contract.file &&
    earlier.contract.tests.join('\n') === module.contract.tests.join('\n')
  );
}

function medianOf(told: readonly SealedDurations[]): Estimate | null {
  const builds = told.flatMap(({ buildMinutes }) => buildMinutes ?? []);
  const reviews = told.flatMap(({ reviewMinutes }) => reviewMinutes ?? []);
  if (builds.length === 0 || reviews.length === 0) return null;
  const runs = Math.min(builds.length, reviews.length);
  return { minutes: median(builds), review: median(reviews), source: 'history', runs };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  const value = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
  // Two digits behind the point say enough of what is only an estimate.
  return Math.max(leastMinutes, Math.round(value * 100) / 100);
}
