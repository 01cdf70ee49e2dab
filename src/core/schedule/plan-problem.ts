import type { CheckPlan, ModulePlan, Plan, ResourceUse } from '../plan/plan.ts';
import { problemOf, type Demand, type Problem, type Task } from './problem.ts';

/** What one module costs besides its building and judging: handing out, assembling, sealing. */
export const coordinationMinutes = 1;

/** What a task of a plan's problem stands for. */
export interface Work {
  /** By the plan's order. */
  readonly module: number;
  readonly kind: 'build' | 'review';
}

/** A plan as a scheduling problem, in minutes of its estimates. */
export interface PlanProblem {
  readonly problem: Problem;
  /** By task; null for tiers, gates and streams, which take no time. */
  readonly work: readonly (Work | null)[];
  /** By task: whether it is a step of its own in policies with levels. */
  readonly steps: readonly boolean[];
}

/** The nodes of a plan's graph, modules first, and what each waits for before it starts. */
export interface PlanNodes {
  readonly modules: number;
  readonly needs: readonly (readonly number[])[];
}

/** How many agents build and judge at once; the plan's pools, or what a preview asks for. */
export interface Places {
  readonly builders: number;
  readonly reviewers: number;
}

export const placesOf = ({ pools }: Plan): Places => ({
  builders: pools.builders.max,
  reviewers: pools.reviewers.max,
});

/** By the problem's capacities: two pools, then the plan's resources in their order. */
export const builderPlaces = 0;
export const reviewerPlaces = 1;
export const firstResource = 2;

/**
 * A module is two tasks, numbered by its node and behind all nodes:
 *
 *     build    waits until all that the module needs is sealed, holds a builder's place and the
 *              module's resources for  minutes + 1  (one minute of coordination)
 *     review   waits for the build, holds a reviewer's place and what judging takes for  review
 *
 * What needs the module waits for its review. Every module is taken to pass at its first review;
 * people take no time to approve, and checks of tiers and gates none to run.
 */
export function planProblem(
  plan: Plan,
  nodes: PlanNodes,
  places: Places = placesOf(plan),
): PlanProblem {
  const { modules, needs } = nodes;
  const size = needs.length;
  const done = (node: number): number => (node < modules ? size + node : node);
  const resources = resourcesOf(plan);
  const tasks: Task[] = needs.map((on, node) => {
    const module = plan.modules[node];
    return {
      duration: module === undefined ? 0 : buildMinutes(module),
      needs: on.map(done),
      demands:
        module === undefined
          ? []
          : [{ resource: builderPlaces, amount: 1 }, ...resources.whileBuilt(module)],
    };
  });
  plan.modules.forEach((module, node) => {
    tasks.push({
      duration: module.estimate.review,
      needs: [node],
      demands: [{ resource: reviewerPlaces, amount: 1 }, ...resources.whileJudged(module)],
    });
  });
  const capacities = [places.builders, places.reviewers, ...resources.capacities];
  return {
    problem: problemOf(tasks, capacities),
    work: tasks.map((_, task) => workOf(task, modules, size)),
    steps: tasks.map((_, task) => task < modules),
  };
}

const buildMinutes = ({ estimate }: ModulePlan): number => estimate.minutes + coordinationMinutes;

function workOf(task: number, modules: number, nodes: number): Work | null {
  if (task < modules) return { module: task, kind: 'build' };
  return task < nodes ? null : { module: task - nodes, kind: 'review' };
}

/** What tasks hold of a plan's resources: never more than there is, as then nothing could start. */
function resourcesOf({ resources }: Plan) {
  const numbers = new Map<string, number>(resources.map(({ id }, number) => [id, number]));
  const capacities = resources.map(({ capacity }) => capacity);
  const sums = (uses: readonly ResourceUse[]): number[] => {
    const units = capacities.map(() => 0);
    for (const { resource, amount } of uses) {
      const number = numbers.get(resource);
      if (number !== undefined) units[number] = (units[number] ?? 0) + amount;
    }
    return units;
  };
  const demands = (units: readonly number[]): Demand[] =>
    units.flatMap((amount, number) => {
      const held = Math.min(amount, capacities[number] ?? 0);
      return held > 0 ? [{ resource: firstResource + number, amount: held }] : [];
    });
  const together = (checks: readonly CheckPlan[]): number[] =>
    sums(checks.flatMap((check) => check.resources));
  return {
    capacities,
    whileBuilt: (module: ModulePlan): Demand[] => demands(sums(module.resources)),
    whileJudged: (module: ModulePlan): Demand[] => {
      const ofChecks = together(module.checks);
      const own = sums(module.resources);
      return demands(own.map((amount, number) => Math.max(amount, ofChecks[number] ?? 0)));
    },
  };
}
