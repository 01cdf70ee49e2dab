import type { CheckPlan, ModulePlan, Plan, ResourceUse } from '../plan/plan.ts';
import { planNodes } from './plan-nodes.ts';
import { problemOf, type Demand, type Problem, type Task } from './problem.ts';

/** What one module costs besides its building and judging: handing out, assembling, sealing. */
export const coordinationMinutes = 1;

/** What a task of a plan's problem stands for. */
export interface Work {
  /** By the plan's order. */
  readonly module: number;
  /** `confirm`: what passed on a stub is judged again, against the real thing. */
  readonly kind: 'build' | 'review' | 'confirm';
}

/** A plan as a scheduling problem, in minutes of its estimates. */
export interface PlanProblem {
  readonly problem: Problem;
  /** By task; null for tiers, gates and streams, which take no time. */
  readonly work: readonly (Work | null)[];
  /** By task: whether it is a step of its own in policies with levels. */
  readonly steps: readonly boolean[];
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
 * A module is two tasks or three; tiers, gates and streams are one each, and take no time:
 *
 *     build     waits until all that the module needs is sealed, holds a builder's place and the
 *               module's resources for  minutes + 1  (one minute of coordination, which what
 *               earlier runs took holds already)
 *     review    waits for the build, holds a reviewer's place and what judging takes for  review
 *     confirm   where a need is soft: waits for the review and until that need has passed, and
 *               takes as much as the review
 *
 * What needs the module waits for the last of them; where both are sealed as one set, for the
 * review. Every module is taken to pass at its first review; people take no time to approve, and
 * checks of tiers and gates none to run. Throws where something waits for itself to start.
 */
export function planProblem(plan: Plan, places: Places = placesOf(plan)): PlanProblem {
  const { modules, needs, soft, setOf } = planNodes(plan);
  const resources = resourcesOf(plan);
  const tasks: Task[] = [];
  const work: (Work | null)[] = [];
  const add = (task: Task, its: Work | null): void => {
    tasks.push(task);
    work.push(its);
  };

  // Numbers first: builds and other nodes by their node, then reviews, then confirmations.
  const reviewOf = (node: number): number => (node < modules ? needs.length + node : node);
  let next = needs.length + modules;
  const lastOf = needs.map((_, node) => {
    return (soft[node]?.length ?? 0) > 0 ? next++ : reviewOf(node);
  });
  const doneFor = (node: number, need: number): number => {
    const isInside = setOf[node] !== -1 && setOf[node] === setOf[need];
    return isInside ? reviewOf(need) : (lastOf[need] ?? need);
  };

  needs.forEach((on, node) => {
    const waitsFor = on.map((need) => doneFor(node, need));
    const module = plan.modules[node];
    if (module === undefined) {
      add({ duration: 0, needs: waitsFor, demands: [] }, null);
      return;
    }
    const demands = [{ resource: builderPlaces, amount: 1 }, ...resources.whileBuilt(module)];
    const build = { duration: buildMinutes(module), needs: waitsFor, demands };
    add(build, { module: node, kind: 'build' });
  });
  const judged = (node: number, waitsFor: readonly number[]): Task => {
    const module = plan.modules[node];
    const held = module === undefined ? [] : resources.whileJudged(module);
    const demands = [{ resource: reviewerPlaces, amount: 1 }, ...held];
    return { duration: module?.estimate.review ?? 0, needs: waitsFor, demands };
  };
  for (let node = 0; node < modules; node++) {
    add(judged(node, [node]), { module: node, kind: 'review' });
  }
  soft.forEach((on, node) => {
    if (on.length === 0) return;
    const passed = on.map(reviewOf);
    add(judged(node, [reviewOf(node), ...passed]), { module: node, kind: 'confirm' });
  });
  const capacities = [places.builders, places.reviewers, ...resources.capacities];
  return {
    problem: problemOf(tasks, capacities),
    work,
    steps: work.map((its) => its?.kind === 'build'),
  };
}

/** What earlier runs took holds their coordination; an author's estimate does not. */
const buildMinutes = ({ estimate }: ModulePlan): number =>
  estimate.source === 'history' ? estimate.minutes : estimate.minutes + coordinationMinutes;

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
