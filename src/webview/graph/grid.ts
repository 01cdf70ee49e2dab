import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { slots } from './slots.ts';

/** Where a module stands: its row and column, whatever their size. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** What stands in one course: a tier; or the modules that are in none. */
export interface Members {
  /** The tier's node; null for modules without one. */
  readonly tier: number | null;
  /** In the order of the plan. */
  readonly modules: readonly number[];
}

/** The rows of a tier; or of the modules that are in none. */
export interface Course extends Members {
  readonly firstRow: number;
  readonly rows: number;
  /** All of it is one stone. */
  readonly folded: boolean;
}

/** A plan laid in courses of stone. Depends on the plan alone, so nothing moves when a run goes on. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly courses: readonly Course[];
  /** By module; those of a folded course have the cell of its stone. */
  readonly cells: readonly Cell[];
  /** By module: itself, or the first module of its folded course, which stands for all of them. */
  readonly shownAs: readonly number[];
}

/** The tiers whose courses are folded; null for the modules that are in none. */
export type FoldedTiers = ReadonlySet<number | null>;

/**
 * The same with some courses folded, each into one stone on the left. Columns in which nothing stands
 * any more close up; the order of the others stays.
 */
export function foldedGrid(grid: Grid, folded: FoldedTiers): Grid {
  if (folded.size === 0) return grid;
  const cells = [...grid.cells];
  const shownAs = [...grid.shownAs];
  const left = columnsLeft(grid, folded);
  let firstRow = 0;
  const courses = grid.courses.map((course): Course => {
    const { tier, modules, rows } = course;
    const isFolded = folded.has(tier);
    const after = { tier, modules, firstRow, rows: isFolded ? 1 : rows, folded: isFolded };
    for (const node of modules) {
      const { row, column } = grid.cells[node] ?? { row: 0, column: 0 };
      cells[node] = isFolded
        ? { row: firstRow, column: 0 }
        : { row: row - course.firstRow + firstRow, column: left.indexOf(column) };
      if (isFolded) shownAs[node] = modules[0] ?? node;
    }
    firstRow += after.rows;
    return after;
  });
  return { columns: Math.max(1, left.length), rows: firstRow, courses, cells, shownAs };
}

/** The columns in which something stands that is not folded, from left to right. */
function columnsLeft(grid: Grid, folded: FoldedTiers): number[] {
  const open = grid.courses.filter(({ tier }) => !folded.has(tier));
  const taken = open.flatMap(({ modules }) => modules.map((node) => grid.cells[node]?.column ?? 0));
  return [...new Set(taken)].sort((a, b) => a - b);
}

const MOST_COLUMNS = 8;
const SWEEPS = 4;

/**
 * Tiers are courses in the order of the plan. Inside one, a module stands right of what it needs
 * there; otherwise the order is the plan's, mended by barycenter sweeps (Sugiyama, 1981) where
 * that makes edges shorter.
 */
export function gridOf(plan: Plan, graph: Graph): Grid {
  const groups = groupsOf(plan, graph);
  const near = neighbours(graph);
  const columns = columnCount(groups);
  let best = place(groups, columns, near, null);
  let bestLength = edgeLength(best, near);
  let last = best;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    last = place(groups, columns, near, last);
    const length = edgeLength(last, near);
    if (length < bestLength) [best, bestLength] = [last, length];
  }
  return best;
}

interface Group extends Members {
  /** Modules by how long a chain inside the group leads to them. */
  readonly levels: readonly (readonly number[])[];
}

/** Who stands in which course, in the order of the plan; where in it is another question. */
export function membersOf(plan: Plan, graph: Graph): readonly Members[] {
  const taken = new Set<number>();
  const members: Members[] = plan.tiers.map((tier, i) => {
    const modules = tier.modules.flatMap((id) => graph.moduleIndex.get(id) ?? []);
    const own = modules.filter((node) => !taken.has(node));
    for (const node of own) taken.add(node);
    return { tier: graph.tierBase + i, modules: own.sort((a, b) => a - b) };
  });
  const rest = plan.modules.map((_, node) => node).filter((node) => !taken.has(node));
  return [...members, { tier: null, modules: rest }].filter(({ modules }) => modules.length > 0);
}

const groupsOf = (plan: Plan, graph: Graph): Group[] =>
  membersOf(plan, graph).map((members) => ({
    ...members,
    levels: levelsOf(members.modules, graph),
  }));

function levelsOf(modules: readonly number[], graph: Graph): number[][] {
  const inside = new Set(modules);
  const depths = new Map<number, number>();
  // A plan has no cycles; a chain is as long as the group at most.
  const depthOf = (node: number): number => {
    const known = depths.get(node);
    if (known !== undefined) return known;
    let depth = 0;
    for (const need of graph.needs[node] ?? []) {
      if (inside.has(need)) depth = Math.max(depth, depthOf(need) + 1);
    }
    depths.set(node, depth);
    return depth;
  };
  const levels: number[][] = [];
  for (const node of modules) (levels[depthOf(node)] ??= []).push(node);
  return levels;
}

/** A plan of a few modules gets a column each; larger ones grow in both directions. */
function columnCount(groups: readonly Group[]): number {
  let most = 1;
  for (const { levels } of groups) {
    const size = levels.reduce((sum, level) => sum + level.length, 0);
    const wide = size <= 4 ? size : Math.ceil(Math.sqrt(size * 1.5));
    most = Math.max(most, wide, levels.length);
  }
  return Math.min(MOST_COLUMNS, most);
}

/** Which modules are joined by an edge, in both directions. */
function neighbours(graph: Graph): readonly (readonly number[])[] {
  const modules = (nodes: readonly number[] = []): number[] =>
    nodes.filter((node) => node < graph.modules);
  return Array.from({ length: graph.modules }, (_, node) => [
    ...modules(graph.needs[node]),
    ...modules(graph.dependents[node]),
  ]);
}

function place(
  groups: readonly Group[],
  columns: number,
  near: readonly (readonly number[])[],
  before: Grid | null,
): Grid {
  const cells: Cell[] = new Array<Cell>(near.length);
  const courses: Course[] = [];
  let row = 0;
  /** The mean column of what a module is joined to, as far as that is placed. */
  const pull = (node: number): number | null => {
    let [sum, count] = [0, 0];
    for (const each of near[node] ?? []) {
      const cell = cells[each] ?? before?.cells[each];
      if (cell === undefined) continue;
      sum += cell.column;
      count++;
    }
    return count === 0 ? null : sum / count;
  };
  for (const { tier, modules, levels } of groups) {
    const firstRow = row;
    for (let at = 0; at < levels.length; at += columns) {
      const chunk = levels.slice(at, at + columns).map((level) => sorted(level, pull, before));
      row += layChunk(chunk, columns, row, cells, pull);
    }
    courses.push({ tier, firstRow, rows: row - firstRow, modules, folded: false });
  }
  return { columns, rows: row, courses, cells, shownAs: near.map((_, node) => node) };
}

function sorted(
  level: readonly number[],
  pull: (node: number) => number | null,
  before: Grid | null,
): number[] {
  if (before === null) return [...level];
  const keys = new Map(
    level.map((node) => [node, pull(node) ?? before.cells[node]?.column ?? 0] as const),
  );
  // Sorting is stable: what is pulled equally stays in the order of the plan.
  return [...level].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
}

/** Lays levels side by side, each in columns of its own; answers how many rows that took. */
function layChunk(
  levels: readonly (readonly number[])[],
  columns: number,
  firstRow: number,
  cells: Cell[],
  pull: (node: number) => number | null,
): number {
  const widths = shareColumns(levels, columns);
  const rowsOf = (i: number): number => Math.ceil((levels[i]?.length ?? 0) / (widths[i] ?? 1));
  const rows = Math.max(...levels.map((_, i) => rowsOf(i)));
  if (rows === 1) {
    const all = levels.flat();
    const chosen = slots(all.map(pull), columns);
    all.forEach((node, i) => (cells[node] = { row: firstRow, column: chosen[i] ?? i }));
    return 1;
  }
  let from = 0;
  levels.forEach((level, i) => {
    const high = rowsOf(i);
    level.forEach((node, place) => {
      cells[node] = { row: firstRow + (place % high), column: from + Math.floor(place / high) };
    });
    from += widths[i] ?? 1;
  });
  return rows;
}

/** One column for each level, and what is left to the highest, one after the other. */
function shareColumns(levels: readonly (readonly number[])[], columns: number): number[] {
  const widths = levels.map(() => 1);
  for (let left = columns - levels.length; left > 0; left--) {
    let highest = -1;
    let most = 1;
    levels.forEach((level, i) => {
      const high = level.length / (widths[i] ?? 1);
      if (high > most) [highest, most] = [i, high];
    });
    if (highest === -1) break;
    widths[highest] = (widths[highest] ?? 1) + 1;
  }
  return widths;
}

function edgeLength(grid: Grid, near: readonly (readonly number[])[]): number {
  let length = 0;
  near.forEach((others, node) => {
    const a = grid.cells[node];
    for (const other of others) {
      const b = grid.cells[other];
      if (a !== undefined && b !== undefined) length += Math.abs(a.column - b.column);
    }
  });
  return length;
}
