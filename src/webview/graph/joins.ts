import { kindOf, type Graph } from '../../core/graph.ts';
import type { Grid } from './grid.ts';
import { targetsOf } from './nets.ts';
import type { Route } from './routes.ts';

/** What a line of the graph stands for: one edge; or all between courses that are folded. */
export interface Join {
  /** What it starts at. */
  readonly from: readonly number[];
  /** What it leads to. */
  readonly to: readonly number[];
  /** Each edge, as the critical path names it; none of what is not hard. */
  readonly edges: readonly string[];
}

/** By line. A course is joined to its gate by one line, which stands for all of its modules. */
export function joinsOf(graph: Graph, grid: Grid, routes: readonly Route[]): readonly Join[] {
  const members = new Map<number, readonly number[]>();
  const ofTier = new Map<number, readonly number[]>();
  for (const { tier, modules, folded } of grid.courses) {
    if (tier !== null) ofTier.set(tier, modules);
    if (folded && modules[0] !== undefined) members.set(grid.shownAs[modules[0]] ?? -1, modules);
  }
  return routes.map(({ from, to, edge }) => {
    const sources = members.get(from) ?? [from];
    const ends = members.get(to) ?? [to];
    if (edge !== 'hard') return { from: sources, to: ends, edges: [] };
    const course = kindOf(graph, to) === 'tier' ? ofTier.get(to) : undefined;
    if (course?.includes(from) === true) {
      return { from: course, to: ends, edges: course.map((each) => `${each}>${to}`) };
    }
    if (sources.length === 1 && ends.length === 1) {
      return { from: sources, to: ends, edges: [`${from}>${to}`] };
    }
    const inside = new Set(ends);
    const pairs = sources.flatMap((source) =>
      targetsOf(graph, source)
        .filter((target) => inside.has(target))
        .map((target) => [source, target] as const),
    );
    return {
      from: [...new Set(pairs.map(([source]) => source))],
      to: [...new Set(pairs.map(([, target]) => target))],
      edges: pairs.map(([source, target]) => `${source}>${target}`),
    };
  });
}
