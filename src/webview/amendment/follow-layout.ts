import type { Graph } from '../../core/graph.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { ImpactRow } from '../../core/projections/impact.ts';

/** Where an affected module stands in the small picture, and what leads to it. */
export interface Placed {
  readonly row: ImpactRow;
  readonly x: number;
  readonly y: number;
}

/** From the right side of one stone to the left side of another. */
export interface Link {
  readonly key: string;
  readonly path: string;
}

/** A small picture of what follows: its stones in columns by how far they are from what changes. */
export interface FollowLayout {
  readonly width: number;
  readonly height: number;
  readonly stones: readonly Placed[];
  readonly links: readonly Link[];
}

export const STONE = { width: 172, height: 64 } as const;
const gap = { x: 56, y: 20 } as const;
const margin = { x: 24, y: 22 } as const;
/** More than this is a crowd, not a picture; the table tells it all. */
const MAX_STONES = 14;

/** null where there are too many to be seen at a glance. */
export function followLayout(graph: Graph, rows: readonly ImpactRow[]): FollowLayout | null {
  if (rows.length > MAX_STONES) return null;
  const columns = columnsOf(graph, rows);
  const tallest = Math.max(...columns.map((column) => column.length));
  const heightOf = (count: number): number => count * (STONE.height + gap.y) - gap.y;
  const stones = columns.flatMap((column, at) => {
    const top = margin.y + (heightOf(tallest) - heightOf(column.length)) / 2;
    return column.map((row, line) => ({
      row,
      x: margin.x + at * (STONE.width + gap.x),
      y: top + line * (STONE.height + gap.y),
    }));
  });
  return {
    width: 2 * margin.x + columns.length * (STONE.width + gap.x) - gap.x,
    height: 2 * margin.y + heightOf(tallest),
    stones,
    links: links(graph, stones),
  };
}

/** Each module in the first column in which all that leads to it stands to its left. */
function columnsOf(graph: Graph, rows: readonly ImpactRow[]): ImpactRow[][] {
  const affected = new Map(rows.map((row) => [nodeOf(graph, row.module), row]));
  const known = new Map<number, number>();
  const columnOf = (node: number): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const below = nearestBelow(graph, node, affected);
    const column = below.length === 0 ? 0 : 1 + Math.max(...below.map(columnOf));
    known.set(node, column);
    return column;
  };
  const columns = rows.map((): ImpactRow[] => []);
  for (const [node, row] of affected) {
    columns[columnOf(node)]?.push(row);
  }
  return columns.filter((column) => column.length > 0);
}

/** What a node stands on of what is shown: directly, or through what is not. */
function nearestBelow(graph: Graph, node: number, shown: { has(node: number): boolean }): number[] {
  const below = new Set<number>();
  const passed = new Set<number>();
  const walk = (at: number): void => {
    for (const need of graph.needs[at] ?? []) {
      if (shown.has(need)) below.add(need);
      else if (!passed.has(need)) {
        passed.add(need);
        walk(need);
      }
    }
  };
  walk(node);
  return [...below];
}

function links(graph: Graph, stones: readonly Placed[]): Link[] {
  const byNode = new Map(stones.map((stone) => [nodeOf(graph, stone.row.module), stone]));
  return stones.flatMap((to) =>
    nearestBelow(graph, nodeOf(graph, to.row.module), byNode).flatMap((node) => {
      const from = byNode.get(node);
      if (from === undefined) return [];
      return [{ key: `${from.row.module} ${to.row.module}`, path: path(from, to) }];
    }),
  );
}

/** Leaves to the right and turns in the joint before the stone that it leads to. */
function path(from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + STONE.width, from.y + STONE.height / 2];
  const [x2, y2] = [to.x - 6, to.y + STONE.height / 2];
  if (y1 === y2) return `M${x1} ${y1}H${x2}`;
  const turn = to.x - gap.x / 2;
  const r = Math.min(8, Math.abs(y2 - y1) / 2);
  const down = Math.sign(y2 - y1);
  return (
    `M${x1} ${y1}H${turn - r}Q${turn} ${y1} ${turn} ${y1 + down * r}` +
    `V${y2 - down * r}Q${turn} ${y2} ${turn + r} ${y2}H${x2}`
  );
}

const nodeOf = (graph: Graph, module: ModuleId): number => graph.moduleIndex.get(module) ?? -1;
