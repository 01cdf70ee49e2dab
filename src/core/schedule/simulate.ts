import type { ModuleId } from '../ids.ts';
import type { Plan, ResourceUse } from '../plan/plan.ts';
import { lowerBound } from './lower-bound.ts';
import { placesTaken } from './places-taken.ts';
import {
  builderPlaces,
  firstResource,
  placesOf,
  planProblem,
  reviewerPlaces,
  type PlanProblem,
  type Places,
  type Work,
} from './plan-problem.ts';
import { policies, scheduleBy, type Policy } from './policies.ts';
import { remainingPaths } from './problem.ts';
import { sameTime, type Schedule } from './schedule.ts';
import { searchSchedule } from './search.ts';

/** A plan in virtual time: how long it takes by policy, and what its run would do when. */
export interface Simulation {
  readonly places: Places;
  /** Minutes until everything is sealed. */
  readonly minutes: Readonly<Record<Policy, number>>;
  /** The shortest schedule that a search found, and how many it tried. */
  readonly search: { readonly minutes: number; readonly tried: number };
  /** No schedule is shorter than this. */
  readonly lowerBound: number;
  readonly criticalPath: { readonly minutes: number; readonly modules: readonly ModuleId[] };
  /** What the run would do, by the policy `ashlar`, in the order of the starts. */
  readonly schedule: readonly SimulatedWork[];
}

export interface SimulatedWork {
  readonly module: ModuleId;
  readonly work: Work['kind'];
  /** Minutes from the run's start. */
  readonly start: number;
  readonly end: number;
  readonly pool: 'builders' | 'reviewers';
  /** Which of the pool's places, from 1. */
  readonly place: number;
  readonly resources: readonly ResourceUse[];
}

export interface SimulateOptions {
  /** Instead of the builders' places in the plan; null for those. */
  readonly builders: number | null;
  readonly seed: number;
  /** Asked before each further schedule of the search. */
  readonly mayGoOn: (tried: number) => boolean;
}

/** For a plan without cycles; it may be below the quality bar. */
export function simulate(plan: Plan, options: SimulateOptions): Simulation {
  const places = { ...placesOf(plan), ...(options.builders && { builders: options.builders }) };
  const inMinutes = planProblem(plan, places);
  const { problem, steps } = inMinutes;
  const bound = lowerBound(problem);
  const schedules = policies.map((policy) => [policy, scheduleBy(policy, problem, steps)] as const);
  const minutes = Object.fromEntries(
    schedules.map(([policy, { makespan }]) => [policy, makespan]),
  ) as Record<Policy, number>;
  const { seed, mayGoOn } = options;
  const found = searchSchedule(problem, { seed, bound, mayGoOn });
  const followed = schedules.find(([policy]) => policy === 'ashlar')?.[1] ?? found.schedule;
  return {
    places,
    minutes,
    search: { minutes: found.schedule.makespan, tried: found.tried },
    lowerBound: bound,
    criticalPath: criticalPath(plan, inMinutes),
    schedule: workOf(plan, inMinutes, followed),
  };
}

/** The longest chain; of equals, through what the plan names first. */
function criticalPath(plan: Plan, { problem, work }: PlanProblem): Simulation['criticalPath'] {
  const remaining = remainingPaths(problem);
  const longest = (tasks: Iterable<number>): number => {
    let best = -1;
    for (const task of tasks) {
      if (best === -1 || (remaining[task] ?? 0) > (remaining[best] ?? 0) + sameTime) best = task;
    }
    return best;
  };
  const modules: ModuleId[] = [];
  const first = longest(remaining.keys());
  for (let task = first; task !== -1; task = longest(problem.followers[task] ?? [])) {
    const module = plan.modules[work[task]?.module ?? -1];
    if (module !== undefined && module.id !== modules.at(-1)) modules.push(module.id);
  }
  return { minutes: remaining[first] ?? 0, modules };
}

function workOf(plan: Plan, { problem, work }: PlanProblem, schedule: Schedule): SimulatedWork[] {
  const [builders, reviewers] = [builderPlaces, reviewerPlaces].map((pool) =>
    placesTaken(problem, schedule, pool),
  );
  const byStart = [...work.keys()].sort(
    (a, b) => (schedule.starts[a] ?? 0) - (schedule.starts[b] ?? 0) || a - b,
  );
  return byStart.flatMap((task) => {
    const its = work[task];
    const module = plan.modules[its?.module ?? -1];
    if (its === null || its === undefined || module === undefined) return [];
    const isBuild = its.kind === 'build';
    return {
      module: module.id,
      work: its.kind,
      start: schedule.starts[task] ?? 0,
      end: schedule.ends[task] ?? 0,
      pool: isBuild ? 'builders' : 'reviewers',
      place: ((isBuild ? builders : reviewers)?.[task] ?? 0) + 1,
      resources: (problem.demands[task] ?? []).flatMap(({ resource, amount }) => {
        const id = plan.resources[resource - firstResource]?.id;
        return id === undefined ? [] : [{ resource: id, amount }];
      }),
    };
  });
}
