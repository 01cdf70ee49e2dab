import type { Graph } from '../../core/graph.ts';
import { kindOf } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Cell, Grid } from './grid.ts';

/** How an edge binds: by dependency, or because two modules hold the same thing. */
export type EdgeKind = 'hard' | 'soft' | 'resource' | 'feedback';

/** An edge between two modules that holds neither of them up; what is hard is no link. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly edge: Exclude<EdgeKind, 'hard'>;
}

/** A resource that more stones use than one, and the users in the order in which they stand. */
export interface SharedResource {
  readonly resource: number;
  readonly users: readonly number[];
}

export function sharedResources(plan: Plan, grid: Grid): SharedResource[] {
  return plan.resources.flatMap(({ id }, resource) => {
    const users = plan.modules.flatMap(({ resources, checks }, node) => {
      const held = [...resources, ...checks.flatMap((check) => check.resources)];
      return held.some((use) => use.resource === id) ? [node] : [];
    });
    const stones = [...new Set(users.map((node) => grid.shownAs[node] ?? node))];
    stones.sort((a, b) => inOrder(grid.cells[a], grid.cells[b]));
    return stones.length < 2 ? [] : [{ resource, users: stones }];
  });
}

/** Soft dependencies, feedback pairs, and the users of each resource in a row. */
export function linksOf(plan: Plan, graph: Graph, grid: Grid): Link[] {
  const soft = graph.softDependents.flatMap((dependents, from) =>
    from >= graph.modules
      ? []
      : dependents
          .filter((to) => kindOf(graph, to) === 'module')
          .map((to): Link => ({ from, to, edge: 'soft' })),
  );
  const feedback = graph.feedback.map(({ a, b }): Link => {
    const [from, to] = inOrder(grid.cells[a], grid.cells[b]) <= 0 ? [a, b] : [b, a];
    return { from, to, edge: 'feedback' };
  });
  const once = new Map<string, Link>();
  for (const { users } of sharedResources(plan, grid)) {
    users.slice(1).forEach((to, i) => {
      const from = users[i] ?? to;
      once.set(`${from}>${to}`, { from, to, edge: 'resource' });
    });
  }
  return [...joined(soft, grid), ...joined(feedback, grid), ...once.values()];
}

/** Between stones: once each, and none within a folded course. */
function joined(links: readonly Link[], { shownAs }: Grid): Link[] {
  const stones = new Map<string, Link>();
  for (const link of links) {
    const [from, to] = [shownAs[link.from] ?? link.from, shownAs[link.to] ?? link.to];
    if (from !== to) stones.set(`${from}>${to}`, { from, to, edge: link.edge });
  }
  return [...stones.values()];
}

/** From top to bottom, then from left to right. */
const inOrder = (a: Cell | undefined, b: Cell | undefined): number =>
  (a?.row ?? 0) - (b?.row ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
