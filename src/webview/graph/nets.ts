import { kindOf, type Graph } from '../../core/graph.ts';
import type { Cell, Grid } from './grid.ts';
import type { EdgeKind, Link } from './links.ts';

/**
 * How an edge runs, before lanes and lengths are known. All edges of one source and one kind share what
 * they have in common, like the branches of a tree, so that a joint holds a lane for each source and
 * not for each edge.
 *
 *     straight     to the right, or down into the next row: no lane at all
 *     next-row     down, along the joint under the source, into the top of the target
 *     far          along the joint under the source, up or down a trunk between two columns, then
 *                  into the target's left side, or along the joint above it and into its top
 *     sideways     right, up or down the trunk, then as far
 *     to-gate      along the joint under the source, down between cards and gates, into the tip
 *     from-gate    down, left, down between cards and gates, along the joint above the target
 *     gate-down    from one gate to the next one below
 *     gate-round   from gate to gate, around those between them
 *     course       from a course's last stone to its tier's gate
 */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly edge: EdgeKind;
  /** The same for all that shares lanes: a source's edges of one kind. */
  readonly net: number;
  readonly kind:
    | 'straight'
    | 'next-row'
    | 'far'
    | 'sideways'
    | 'to-gate'
    | 'from-gate'
    | 'gate-down'
    | 'gate-round'
    | 'course';
  /** Left of which column the trunk stands; null without one. */
  readonly trunk: number | null;
  readonly enters: 'top' | 'left';
}

const MOST_LEFT_ENTRIES = 4;
const edgeKinds = ['hard', 'soft', 'feedback', 'resource'] as const satisfies readonly EdgeKind[];

/**
 * The ways of all edges between modules, tiers and gates. `gateOrder`: tiers and gates from top to
 * bottom, as they stand in the gates' column.
 */
export function waysOf(
  graph: Graph,
  grid: Grid,
  gateOrder: readonly number[],
  links: readonly Link[] = [],
): Way[] {
  const board = new Occupied(grid);
  const ways: Way[] = [];
  const leftEntries = new Map<number, number>();
  const used: number[] = new Array<number>(grid.columns + 1).fill(0);

  const enter = (to: number, trunk: number): Way['enters'] => {
    const cell = grid.cells[to];
    const already = leftEntries.get(to) ?? 0;
    if (cell?.column !== trunk || already >= MOST_LEFT_ENTRIES) return 'top';
    leftEntries.set(to, already + 1);
    return 'left';
  };

  const linked = new Map<number, Link[]>();
  for (const link of links) linked.set(link.from, [...(linked.get(link.from) ?? []), link]);
  const straight = new Set<string>();

  const addNet = (from: number, cell: Cell, edge: EdgeKind, targets: readonly number[]): void => {
    const of = (...[to, ...rest]: [number, Way['kind'], number | null, Way['enters']]): Way =>
      way(from, to, ...rest, edge);
    const far: number[] = [];
    const sideways: number[] = [];
    for (const to of targets) {
      const target = grid.cells[to];
      if (target === undefined) {
        if (to !== board.tierOf[from]) ways.push(of(to, 'to-gate', grid.columns, 'left'));
      } else if (
        (board.isClear(cell, target) || isBelow(cell, target)) &&
        !straight.has(`${from}>${to}`)
      ) {
        straight.add(`${from}>${to}`);
        ways.push(of(to, 'straight', null, cell.row === target.row ? 'left' : 'top'));
      } else if (board.tierOf[from] === board.tierOf[to] && target.column > cell.column) {
        sideways.push(to);
      } else if (target.row === cell.row + 1) ways.push(of(to, 'next-row', null, 'top'));
      else far.push(to);
    }
    const beside = cell.column + 1;
    for (const to of sideways) ways.push(of(to, 'sideways', beside, enter(to, beside)));
    if (sideways.length > 0) used[beside] = (used[beside] ?? 0) + 1;
    if (far.length === 0) return;
    const trunk = bestTrunk(cell, far, grid, used);
    used[trunk] = (used[trunk] ?? 0) + 1;
    for (const to of far) ways.push(of(to, 'far', trunk, enter(to, trunk)));
  };

  const targets = hardTargets(graph, grid);
  for (let from = 0; from < graph.modules; from++) {
    const cell = grid.cells[from];
    if (cell === undefined || grid.shownAs[from] !== from) continue;
    addNet(from, cell, 'hard', [...(targets[from] ?? [])]);
    for (const edge of edgeKinds) {
      const ends = (linked.get(from) ?? []).filter((link) => link.edge === edge);
      if (ends.length > 0) {
        addNet(
          from,
          cell,
          edge,
          ends.map(({ to }) => to),
        );
      }
    }
  }

  gateOrder.forEach((from, place) => {
    for (const to of new Set(targetsOf(graph, from).map((each) => grid.shownAs[each] ?? each))) {
      if (to < graph.modules) ways.push(way(from, to, 'from-gate', grid.columns, 'top'));
      else if (gateOrder[place + 1] === to) ways.push(way(from, to, 'gate-down', null, 'top'));
      else ways.push(way(from, to, 'gate-round', grid.columns, 'left'));
    }
  });
  for (const { tier, modules } of grid.courses) {
    const last = lastStone(grid, modules);
    const stone = modules.find((node) => grid.cells[node] === last);
    if (tier !== null && stone !== undefined) {
      ways.push(way(stone, tier, 'course', null, 'left'));
    }
  }
  return ways;
}

function way(
  from: number,
  to: number,
  kind: Way['kind'],
  trunk: number | null,
  enters: Way['enters'],
  edge: EdgeKind = 'hard',
): Way {
  const net = from * edgeKinds.length + edgeKinds.indexOf(edge);
  return { from, to, edge, net, kind, trunk, enters };
}

/** What stands farthest to the right in a course; the upper one of two. */
const rightmost = (best: Cell | undefined, cell: Cell | undefined): Cell | undefined =>
  cell !== undefined && (best === undefined || cell.column > best.column) ? cell : best;

/** The stone from which a course is joined to its tier's gate. */
export function lastStone(grid: Grid, modules: readonly number[]): Cell | undefined {
  return modules.map((node) => grid.cells[node]).reduce(rightmost, undefined);
}

/** Streams have no place in the graph: what needs one needs all of its modules. */
export function targetsOf(graph: Graph, from: number): number[] {
  const targets = new Set<number>();
  for (const to of graph.dependents[from] ?? []) {
    if (kindOf(graph, to) !== 'stream') targets.add(to);
    else for (const each of graph.dependents[to] ?? []) if (each !== from) targets.add(each);
  }
  return [...targets];
}

/** By module: what an edge leads to; of a folded course its stone alone has edges, those of all. */
function hardTargets(graph: Graph, { shownAs }: Grid): readonly ReadonlySet<number>[] {
  const targets = shownAs.map(() => new Set<number>());
  shownAs.forEach((at, from) => {
    for (const each of targetsOf(graph, from)) {
      const to = shownAs[each] ?? each;
      if (to !== at) targets[at]?.add(to);
    }
  });
  return targets;
}

/** Straight down into the next row. */
const isBelow = (a: Cell, b: Cell): boolean => b.row === a.row + 1 && b.column === a.column;

class Occupied {
  /** By module; null in none. */
  readonly tierOf: readonly (number | null)[];
  readonly #taken: ReadonlySet<number>;
  readonly #columns: number;

  constructor(grid: Grid) {
    this.#columns = grid.columns;
    this.#taken = new Set(grid.cells.map(({ row, column }) => row * grid.columns + column));
    const tierOf: (number | null)[] = new Array<number | null>(grid.cells.length).fill(null);
    for (const { tier, modules } of grid.courses) for (const node of modules) tierOf[node] = tier;
    this.tierOf = tierOf;
  }

  /** Nothing stands between two cells of a row, the second right of the first. */
  isClear(a: Cell, b: Cell): boolean {
    if (a.row !== b.row || b.column <= a.column) return false;
    for (let column = a.column + 1; column < b.column; column++) {
      if (this.#taken.has(a.row * this.#columns + column)) return false;
    }
    return true;
  }
}

/** The joint between two columns in which a source's trunk is shortest to all it leads to. */
function bestTrunk(
  cell: Cell,
  far: readonly number[],
  grid: Grid,
  used: readonly number[],
): number {
  let best = 0;
  let least = Infinity;
  for (let trunk = 0; trunk <= grid.columns; trunk++) {
    const outside = trunk === 0 || trunk === grid.columns ? 0.5 : 0;
    let cost = Math.abs(trunk - (cell.column + 0.5)) + outside + 0.2 * (used[trunk] ?? 0);
    for (const to of far) {
      const column = grid.cells[to]?.column ?? 0;
      cost += trunk === column ? 0.25 : Math.abs(trunk - (column + 0.5));
    }
    if (cost < least) [best, least] = [trunk, cost];
  }
  return best;
}
