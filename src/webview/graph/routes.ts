import { GATE_RADIUS, LANE, TOP_PORT } from './measures.ts';
import { heightOf, trunkKey, type Layout, type Point } from './layout.ts';
import type { EdgeKind } from './links.ts';
import type { Way } from './nets.ts';

/** An edge as it is drawn: from the one it starts at, in corners, to the tip of its head. */
export interface Route {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly edge: EdgeKind;
  readonly points: readonly Point[];
}

/** All edges of a layout, in the joints between stones. */
export function routesOf(layout: Layout): Route[] {
  const ports = new Ports(layout);
  return layout.ways.map((way) => ({
    id: keyOf(way),
    from: way.from,
    to: way.to,
    edge: way.edge,
    points: straightened(pointsOf(layout, ports, way)),
  }));
}

function pointsOf(layout: Layout, ports: Ports, way: Way): Point[] {
  const { from, to, kind, edge, net } = way;
  const { cardWidth, sidePort } = layout.measures;
  const high = heightOf(layout, from);
  const source = layout.modules[from] ?? layout.gates.get(from) ?? nowhere;
  const target = layout.modules[to] ?? layout.gates.get(to) ?? nowhere;
  // What goes straight meets the middle of the other card; all else of its kind leaves beside it.
  const beside = kind === 'straight' ? 0 : besideMiddle[edge];
  const right = { x: source.x + cardWidth, y: source.y + high / 2 + beside * sidePort };
  const bottom = {
    x: source.x + cardWidth / 2 + beside * BOTTOM_PORT,
    y: source.y + high,
  };
  const tip = { x: target.x - GATE_RADIUS, y: target.y };
  const laneUnder = (): number => rowLane(layout, (layout.grid.cells[from]?.row ?? 0) + 1, net);
  const laneAbove = (): number => rowLane(layout, layout.grid.cells[to]?.row ?? 0, net);
  const trunk = (): number => columnLane(layout, way);
  const top = (): Point => ({ x: ports.topX(way), y: target.y });
  const left = (): Point => ({ x: target.x, y: ports.leftY(way) });

  switch (kind) {
    case 'straight':
      return way.enters === 'left' ? [right, { x: target.x, y: right.y }] : [bottom, top()];
    case 'next-row':
      return corners(bottom, laneUnder(), top());
    case 'far': {
      const start = [bottom, { x: bottom.x, y: laneUnder() }, { x: trunk(), y: laneUnder() }];
      return [...start, ...entry(way, trunk(), laneAbove, top, left)];
    }
    case 'sideways':
      return [right, { x: trunk(), y: right.y }, ...entry(way, trunk(), laneAbove, top, left)];
    case 'course':
      return [right, { x: tip.x, y: right.y }];
    case 'to-gate': {
      const lane = laneUnder();
      const x = trunk();
      return [bottom, { x: bottom.x, y: lane }, { x, y: lane }, { x, y: tip.y }, tip];
    }
    case 'gate-down':
      return [
        { x: source.x, y: source.y + GATE_RADIUS },
        { x: target.x, y: target.y - GATE_RADIUS },
      ];
    case 'gate-round':
      return [...fromGate(source, trunk()), { x: trunk(), y: tip.y }, tip];
    case 'from-gate':
      return [...fromGate(source, trunk()), ...entry(way, trunk(), laneAbove, top, left)];
  }
}

const nowhere: Point = { x: 0, y: 0 };

/** In ports: halves, because heads come in at whole ones. */
const besideMiddle: Readonly<Record<EdgeKind, number>> = {
  ...{ hard: 0, soft: 0.5, feedback: -0.5, resource: 1.5 },
};
const BOTTOM_PORT = 28;

/** Out of a gate's lower tip and over to the trunk beside the gates. */
function fromGate(gate: Point, x: number): Point[] {
  const y = gate.y + GATE_RADIUS + LANE;
  return [
    { x: gate.x, y: gate.y + GATE_RADIUS },
    { x: gate.x, y },
    { x, y },
  ];
}

function corners(from: Point, y: number, to: Point): Point[] {
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

/** From a trunk into a card. */
function entry(
  { enters }: Way,
  x: number,
  laneAbove: () => number,
  top: () => Point,
  left: () => Point,
): Point[] {
  if (enters === 'left') {
    const end = left();
    return [{ x, y: end.y }, end];
  }
  const lane = laneAbove();
  const end = top();
  return [{ x, y: lane }, { x: end.x, y: lane }, end];
}

/** Lanes run downwards from the row above; over the first row, upwards from its cards. */
function rowLane(layout: Layout, row: number, net: number): number {
  const lane = layout.rowLanes[row]?.laneOf(net) ?? 0;
  if (row === 0) return (layout.modules[firstOf(layout)]?.y ?? 0) - 14 - lane * LANE;
  return (layout.rowLaneY[row] ?? 0) + lane * LANE;
}

const firstOf = (layout: Layout): number => layout.grid.cells.findIndex(({ row }) => row === 0);

function columnLane(layout: Layout, way: Way): number {
  const column = way.trunk ?? 0;
  const lane = layout.columnLanes[column]?.laneOf(trunkKey(way)) ?? 0;
  return (layout.columnLaneX[column] ?? 0) + lane * LANE;
}

/**
 * Where edges touch a card. The middle of its top belongs to what comes straight down, and the
 * middle of its left side to what comes straight from the left; all others stand beside.
 */
class Ports {
  readonly #topX = new Map<string, number>();
  readonly #leftY = new Map<string, number>();

  constructor(layout: Layout) {
    const { cardWidth, sidePort } = layout.measures;
    const into = new Map<number, Way[]>();
    for (const way of layout.ways) {
      if (way.kind === 'course' || layout.modules[way.to] === undefined) continue;
      const ways = into.get(way.to);
      if (ways === undefined) into.set(way.to, [way]);
      else ways.push(way);
    }
    for (const [to, ways] of into) {
      const card = layout.modules[to] ?? nowhere;
      const high = heightOf(layout, to);
      const middle = { x: card.x + cardWidth / 2, y: card.y + high / 2 };
      this.#spreadTop(ways, layout, middle.x, cardWidth);
      const left = ways.filter(({ enters, kind }) => enters === 'left' && kind !== 'straight');
      left.forEach((way, i) => {
        const side = i % 2 === 0 ? -1 : 1;
        // Of a lower stone they stand closer, so that all of them still meet it.
        const apart = Math.min(sidePort, (high / 2 - 6) / Math.ceil(left.length / 2));
        this.#leftY.set(keyOf(way), middle.y + side * apart * (Math.floor(i / 2) + 1));
      });
    }
  }

  topX(way: Way): number {
    return this.#topX.get(keyOf(way)) ?? 0;
  }

  leftY(way: Way): number {
    return this.#leftY.get(keyOf(way)) ?? 0;
  }

  #spreadTop(ways: readonly Way[], layout: Layout, middle: number, cardWidth: number): void {
    const fromX = (way: Way): number =>
      way.trunk === null
        ? (layout.modules[way.from]?.x ?? 0) + cardWidth / 2
        : columnLane(layout, way);
    const top = ways.filter(({ enters }) => enters === 'top');
    const beside = top.filter(({ kind }) => kind !== 'straight');
    for (const way of top) if (way.kind === 'straight') this.#topX.set(keyOf(way), middle);
    // What comes from the left stands left; of several, the farthest stands outermost.
    const left = beside.filter((way) => fromX(way) <= middle).sort((a, b) => fromX(b) - fromX(a));
    const right = beside.filter((way) => fromX(way) > middle).sort((a, b) => fromX(a) - fromX(b));
    const most = Math.max(left.length, right.length, 1);
    const pitch = Math.min(TOP_PORT, (cardWidth / 2 - 16) / most);
    left.forEach((way, i) => this.#topX.set(keyOf(way), middle - (i + 1) * pitch));
    right.forEach((way, i) => this.#topX.set(keyOf(way), middle + (i + 1) * pitch));
  }
}

const keyOf = ({ from, to, edge }: Way): string =>
  edge === 'hard' ? `${from}>${to}` : `${from}>${to} ${edge}`;

/** Without corners that are none. */
function straightened(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined || after === undefined) return true;
    const upright = before.x === point.x && point.x === after.x;
    const level = before.y === point.y && point.y === after.y;
    return !upright && !level;
  });
}

const CORNER = 8;

/** An SVG path whose corners are cut round, and which ends `short` of its last point. */
export function pathOf(points: readonly Point[], short = 0): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    if (before === undefined || at === undefined || after === undefined) continue;
    const a = towards(at, before, Math.min(CORNER, distance(at, before) / 2));
    const b = towards(at, after, Math.min(CORNER, distance(at, after) / 2));
    path += `L${a.x} ${a.y}Q${at.x} ${at.y} ${b.x} ${b.y}`;
  }
  const before = points.at(-2) ?? first;
  const end = towards(last, before, Math.min(short, distance(last, before)));
  return `${path}L${end.x} ${end.y}`;
}

/** Where a head points: degrees clockwise from the right. */
export function headAngle(points: readonly Point[]): number {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return 0;
  if (last.x === before.x) return last.y > before.y ? 90 : 270;
  return last.x > before.x ? 0 : 180;
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const towards = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});
