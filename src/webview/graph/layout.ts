import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { foldedGrid, gridOf, type Course, type FoldedTiers, type Grid } from './grid.ts';
import { Lanes } from './lanes.ts';
import { linksOf } from './links.ts';
import { GATE_RADIUS, LANE, MEASURES, type Measures, type Size } from './measures.ts';
import { lastStone, waysOf, type Way } from './nets.ts';

/** Where everything of a plan stands. The same for every state of a run; another where tiers are folded. */
export interface Layout {
  readonly size: Size;
  readonly measures: Measures;
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  /** By module: its upper left corner. */
  readonly modules: readonly Point[];
  /** By row: how high its stones are. */
  readonly heights: readonly number[];
  /** By tier's or gate's node: the middle of its diamond. */
  readonly gates: ReadonlyMap<number, Point>;
  readonly bands: readonly Band[];
  readonly ways: readonly Way[];
  /** Lanes of the joint above each row, and of the one below the last. */
  readonly rowLanes: readonly Lanes<number>[];
  /** Where the first lane of each of these joints runs. */
  readonly rowLaneY: readonly number[];
  /** Lanes left of each column, and of the one before the gates. */
  readonly columnLanes: readonly Lanes<string>[];
  readonly columnLaneX: readonly number[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The ground of a course. */
export interface Band {
  readonly course: Course;
  readonly y: number;
  readonly height: number;
}

/** What is selected stands out of its place by this much. */
const RING = 8;

/** A trunk's name: a source may have one for its own tier and one for the tiers below. */
export const trunkKey = ({ net, kind }: Way): string => `${net}${kind === 'sideways' ? '>' : ''}`;

/**
 * Lays a plan out: first which row and column (`grid.ts`), then how edges run (`nets.ts`), then
 * how many lanes each joint must hold, and only then lengths.
 */
export function layoutOf(
  plan: Plan,
  graph: Graph,
  size: Size,
  folded: FoldedTiers = new Set(),
): Layout {
  const measures = MEASURES[size];
  const grid = foldedGrid(gridOf(plan, graph), folded);
  const ways = waysOf(graph, grid, gateOrder(graph, grid), linksOf(plan, graph, grid));

  const rowLanes = rowLanesOf(ways, grid);
  const { rowY, rowLaneY, heights, bands, bottom } = rowsOf(grid, rowLanes, measures);
  const gateY = gateRows(graph, grid, { rowY, heights }, measures);

  const columnLanes = columnLanesOf(ways, grid, { rowY, rowLaneY, heights, gateY });
  const { columnX, columnLaneX, gateX } = columnsOf(grid, columnLanes, measures);

  const gates = new Map([...gateY].map(([node, y]) => [node, { x: gateX, y }]));
  const lastGate = Math.max(0, ...gateY.values());
  const hasGates = gateY.size > 0;
  return {
    ...{ size, measures, grid, heights, gates, bands, ways },
    ...{ rowLanes, rowLaneY, columnLanes, columnLaneX },
    width: hasGates ? gateX + GATE_RADIUS + measures.gateText + RING : gateX,
    height: Math.max(bottom, lastGate + GATE_RADIUS + 28),
    modules: grid.cells.map(({ row, column }) => ({ x: columnX[column] ?? 0, y: rowY[row] ?? 0 })),
  };
}

/** Tiers and gates from top to bottom: a course's tier beside it, the others below what they need. */
function gateOrder(graph: Graph, grid: Grid): number[] {
  return [...gateRows(graph, grid, defaultRows(grid), MEASURES.full)]
    .sort(([, a], [, b]) => a - b)
    .map(([node]) => node);
}

/** Before joints are known to need more than they have. */
function defaultRows(grid: Grid): Rows {
  return rowsOf(grid, [], MEASURES.full);
}

interface Rows {
  readonly rowY: readonly number[];
  readonly heights: readonly number[];
}

/** How high the card of a module is, or the stone that stands for it. */
export const heightOf = ({ grid, heights, measures }: Layout, node: number): number =>
  heights[grid.cells[node]?.row ?? -1] ?? measures.cardHeight;

function gateRows(
  graph: Graph,
  grid: Grid,
  { rowY, heights }: Rows,
  { cardHeight, gatePitch, top }: Measures,
): ReadonlyMap<number, number> {
  const middle = (row: number): number => (rowY[row] ?? 0) + (heights[row] ?? 0) / 2;
  const placed = new Map<number, number>();
  for (const { tier, modules } of grid.courses) {
    const stone = lastStone(grid, modules);
    if (tier !== null && stone !== undefined) placed.set(tier, middle(stone.row));
  }
  const taken = [...placed.values()];
  const place = (node: number): number => {
    const known = placed.get(node);
    if (known !== undefined) return known;
    let y = 0;
    for (const need of graph.needs[node] ?? []) {
      if (need >= graph.tierBase && need < graph.streamBase) {
        y = Math.max(y, place(need) + gatePitch);
      } else if (need < graph.modules) {
        y = Math.max(y, middle(grid.cells[need]?.row ?? 0) + gatePitch);
      }
    }
    if (y === 0) y = top + cardHeight / 2;
    for (
      let clash: number | undefined;
      (clash = taken.find((at) => tooNear(at, y))) !== undefined;
    ) {
      y = clash + gatePitch;
    }
    placed.set(node, y);
    taken.push(y);
    return y;
  };
  const tooNear = (a: number, b: number): boolean => Math.abs(a - b) < gatePitch * 0.75;
  for (let node = graph.tierBase; node < graph.streamBase; node++) place(node);
  return placed;
}

/** A column's middle, and the joint left of it, where lengths are not known yet. */
const middleOf = (column: number): number => column * 10 + 5;
const jointOf = (column: number): number => column * 10;
/** Ports stand beside a column's middle. */
const PORTS = 3;

function rowLanesOf(ways: readonly Way[], grid: Grid): Lanes<number>[] {
  const lanes = Array.from({ length: grid.rows + 1 }, () => new Lanes<number>());
  for (const { from, to, edge, net, kind, trunk, enters } of ways) {
    const source = grid.cells[from];
    const target = grid.cells[to];
    const joint = jointOf(trunk ?? 0);
    const under = source === undefined ? undefined : lanes[source.row + 1];
    const above = target === undefined ? undefined : lanes[target.row];
    const ends = (at: number): [number, number] => [at - PORTS, at + PORTS];
    // What is not hard leaves its card beside the middle.
    const middle = middleOf(source?.column ?? 0);
    const starts = edge === 'hard' ? [middle] : ends(middle);
    switch (kind) {
      case 'next-row':
        for (const start of starts) {
          under?.add(net, start, start);
          for (const end of ends(middleOf(target?.column ?? 0))) under?.add(net, start, end);
        }
        break;
      case 'to-gate':
        for (const start of starts) under?.add(net, start, joint);
        break;
      case 'far':
      case 'sideways':
      case 'from-gate':
        if (kind === 'far') for (const start of starts) under?.add(net, start, joint);
        if (enters === 'left') break;
        for (const end of ends(middleOf(target?.column ?? 0))) above?.add(net, joint, end);
        break;
      case 'straight':
      case 'gate-down':
      case 'gate-round':
      case 'course':
        break;
    }
  }
  return lanes;
}

function rowsOf(grid: Grid, lanes: readonly Lanes<number>[], measures: Measures) {
  const { below, rowGap, firstLane } = measures;
  const rowY: number[] = [];
  const heights: number[] = [];
  const rowLaneY: number[] = [];
  const bands: Band[] = [];
  const countOf = (joint: number): number => lanes[joint]?.count ?? 0;
  let y = 0;
  for (const course of grid.courses) {
    const start = y;
    const top = course.folded ? measures.foldedTop : measures.top;
    const height = course.folded ? measures.foldedHeight : measures.cardHeight;
    // Above the first course there is no other's joint: lanes run under its name.
    const extra = course.firstRow === 0 ? Math.max(0, countOf(0) - 1) * LANE : 0;
    if (course.firstRow === 0) rowLaneY[0] = y + top - 10;
    y += top + extra;
    for (let i = 0; i < course.rows; i++) {
      const row = course.firstRow + i;
      rowY[row] = y;
      heights[row] = height;
      y += height;
      rowLaneY[row + 1] = y + firstLane;
      const needed = firstLane + Math.max(0, countOf(row + 1) - 1) * LANE + 18;
      y += Math.max(i === course.rows - 1 ? below : rowGap, needed);
    }
    bands.push({ course, y: start, height: y - start });
  }
  return { rowY, rowLaneY, heights, bands, bottom: y };
}

function columnLanesOf(
  ways: readonly Way[],
  grid: Grid,
  at: {
    readonly rowY: readonly number[];
    readonly rowLaneY: readonly number[];
    readonly heights: readonly number[];
    readonly gateY: ReadonlyMap<number, number>;
  },
): Lanes<string>[] {
  const lanes = Array.from({ length: grid.columns + 1 }, () => new Lanes<string>());
  // A joint's lanes are known only by their first: taken as a whole, so that trunks never touch.
  const joint = (row: number): [number, number] => {
    const next = at.rowY[row] ?? Infinity;
    const first = at.rowLaneY[row] ?? 0;
    return [first, Number.isFinite(next) ? next : first + LANE];
  };
  for (const way of ways) {
    if (way.trunk === null) continue;
    const column = lanes[way.trunk];
    const source = grid.cells[way.from];
    const target = grid.cells[way.to];
    const ends: number[] = [];
    if (source === undefined) ends.push(at.gateY.get(way.from) ?? 0);
    else if (way.kind === 'sideways') {
      ends.push((at.rowY[source.row] ?? 0) + (at.heights[source.row] ?? 0) / 2);
    } else ends.push(...joint(source.row + 1));
    if (target === undefined) ends.push(at.gateY.get(way.to) ?? 0);
    else if (way.enters === 'left') {
      const y = at.rowY[target.row] ?? 0;
      ends.push(y, y + (at.heights[target.row] ?? 0));
    } else ends.push(...joint(target.row));
    column?.add(trunkKey(way), Math.min(...ends), Math.max(...ends));
  }
  return lanes;
}

function columnsOf(grid: Grid, lanes: readonly Lanes<string>[], measures: Measures) {
  const { left, columnGap, cardWidth, gateGap } = measures;
  const columnX: number[] = [];
  const columnLaneX: number[] = [];
  const countOf = (joint: number): number => lanes[joint]?.count ?? 0;
  const run = (joint: number): number => Math.max(0, countOf(joint) - 1) * LANE;
  let x = 0;
  for (let column = 0; column < grid.columns; column++) {
    const needed = countOf(column) === 0 ? 0 : run(column) + 44;
    const gap = Math.max(column === 0 ? left : columnGap, needed);
    // Nearer to the source's side, so that heads have room before the target.
    columnLaneX[column] = x + (gap - run(column)) / 2 - (column === 0 ? 0 : 4);
    x += gap;
    columnX[column] = x;
    x += cardWidth;
  }
  const last = grid.columns;
  const gap = Math.max(gateGap, countOf(last) === 0 ? 0 : run(last) + 36);
  columnLaneX[last] = x + (gap - run(last)) / 2 - 6;
  return { columnX, columnLaneX, gateX: x + gap + GATE_RADIUS };
}
