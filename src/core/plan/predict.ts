import { parseNodeRef, type NodeRef } from '../ids.ts';
import { buildMinutes, listSchedule, type ModuleOf } from './list-schedule.ts';
import { dependents, planGraph, type PlanGraph } from './plan-graph.ts';
import type { ModulePlan, Plan } from './plan.ts';

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
 *     parallel   = the end of a list schedule, in which module m
 *                    waits until all it needs is sealed (tiers, streams and gates take no time),
 *                    holds a builder's place for  minutes(m) + 1  (one minute of coordination),
 *                    then a reviewer's place for  review(m),  and is sealed.
 *
 * Whenever a place is free, it goes to the waiting module with the longest remaining path
 * (its own time and that of whatever waits for it in turn), at a tie to the first of the file.
 * Every module is taken to pass at its first review; people take no time to approve.
 */
export function predict(plan: Plan): Prediction {
  const graph = planGraph(plan);
  const modules = new Map<string, ModulePlan>(plan.modules.map((module) => [module.id, module]));
  const moduleOf = (node: NodeRef): ModulePlan | undefined => {
    const { kind, id } = parseNodeRef(node);
    return kind === 'module' ? modules.get(id) : undefined;
  };
  const remaining = remainingPaths(graph, moduleOf);
  return {
    parallelMinutes: listSchedule(plan, graph, moduleOf, remaining),
    sequentialMinutes: plan.modules.reduce((sum, { estimate }) => sum + estimate.minutes, 0),
    criticalMinutes: [...remaining.values()].reduce((most, each) => Math.max(most, each), 0),
  };
}

/** Minutes from a node's start until the last of what waits for it could be sealed. */
function remainingPaths(graph: PlanGraph, moduleOf: ModuleOf): ReadonlyMap<NodeRef, number> {
  const waiting = dependents(graph);
  const open = new Map([...waiting].map(([node, after]) => [node, after.length]));
  const last = [...graph.keys()].filter((node) => open.get(node) === 0);
  const remaining = new Map<NodeRef, number>();
  for (const node of last) {
    const module = moduleOf(node);
    const own = module === undefined ? 0 : buildMinutes(module) + module.estimate.review;
    const after = (waiting.get(node) ?? []).map((next) => remaining.get(next) ?? 0);
    remaining.set(node, after.reduce((longest, minutes) => Math.max(longest, minutes), 0) + own);
    for (const { on } of graph.get(node) ?? []) {
      const left = (open.get(on) ?? 0) - 1;
      open.set(on, left);
      if (left === 0) last.push(on);
    }
  }
  return remaining;
}
