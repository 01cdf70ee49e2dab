import type { NodeRef } from '../ids.ts';
import { dependents, type PlanGraph } from './plan-graph.ts';
import type { ModulePlan, Plan } from './plan.ts';

/** What one module costs besides its building and judging: handing out, assembling, sealing. */
export const coordinationMinutes = 1;

export const buildMinutes = ({ estimate }: ModulePlan): number =>
  estimate.minutes + coordinationMinutes;

/** The module that a node stands for, where it stands for one. */
export type ModuleOf = (node: NodeRef) => ModulePlan | undefined;

interface Job {
  readonly node: NodeRef;
  readonly module: ModulePlan;
  readonly rank: number;
  readonly order: number;
}

/** A pool of places, and the jobs that wait for one, the most urgent last. */
interface Places {
  free: number;
  readonly waiting: Job[];
  readonly time: (module: ModulePlan) => number;
}

interface Running {
  readonly end: number;
  readonly job: Job;
  readonly places: Places;
}

/** Minutes until everything is sealed; the rule is with `predict`, and `remaining` the rank. */
export function listSchedule(
  plan: Plan,
  graph: PlanGraph,
  moduleOf: ModuleOf,
  remaining: ReadonlyMap<NodeRef, number>,
): number {
  const after = dependents(graph);
  const open = new Map([...graph].map(([node, edges]) => [node, edges.length]));
  const builders: Places = { free: plan.pools.builders.max, waiting: [], time: buildMinutes };
  const reviewers: Places = {
    free: plan.pools.reviewers.max,
    waiting: [],
    time: ({ estimate }) => estimate.review,
  };
  const order = new Map([...graph.keys()].map((node, index) => [node, index]));
  const running: Running[] = [];
  let now = 0;

  /** Nodes that nothing holds back any more: modules wait for a builder, the others are done. */
  const release = (nodes: readonly NodeRef[]): void => {
    const queue = [...nodes];
    for (const node of queue) {
      const module = moduleOf(node);
      if (module === undefined) queue.push(...done(node));
      else {
        const rank = remaining.get(node) ?? 0;
        insert(builders.waiting, { node, module, rank, order: order.get(node) ?? 0 });
      }
    }
  };
  const done = (node: NodeRef): NodeRef[] =>
    (after.get(node) ?? []).filter((next) => {
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      return left === 0;
    });
  const fill = (places: Places): void => {
    for (; places.free > 0; places.free -= 1) {
      const job = places.waiting.pop();
      if (job === undefined) return;
      running.push({ end: now + places.time(job.module), job, places });
    }
  };

  release([...graph.keys()].filter((node) => open.get(node) === 0));
  for (;;) {
    fill(builders);
    fill(reviewers);
    const next = takeEarliest(running);
    if (next === null) return now;
    now = next.end;
    next.places.free += 1;
    if (next.places === builders) insert(reviewers.waiting, next.job);
    else release(done(next.job.node));
  }
}

/** At most as many as there are places, so that looking through them costs little. */
function takeEarliest(running: Running[]): Running | null {
  const earliest = running.reduce<Running | null>(
    (best, each) => (best === null || each.end < best.end ? each : best),
    null,
  );
  if (earliest !== null) running.splice(running.indexOf(earliest), 1);
  return earliest;
}

/** Keeps the list sorted: the longest remaining path last, of equals the first of the file. */
function insert(waiting: Job[], job: Job): void {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = waiting[middle];
    const isBefore =
      other !== undefined &&
      (other.rank < job.rank || (other.rank === job.rank && other.order > job.order));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, job);
}
