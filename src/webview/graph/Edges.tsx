import { lazy, memo, Suspense, useMemo } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { criticalPath, type CriticalPath } from '../../core/projections/critical-path.ts';
import { settledNodes } from '../../core/projections/node-words.ts';
import type { RunState } from '../../core/state.ts';
import { useBoard, type BoardState } from '../store.ts';
import { headPath, type HeadAt } from './Head.tsx';
import { joinsOf, type Join } from './joins.ts';
import type { Layout, Point } from './layout.ts';
import type { EdgeKind } from './links.ts';
import { headAngle, pathOf, type Route } from './routes.ts';
import { tracedNodes } from './traced.ts';

/** What lines say is read after what they show. */
const EdgeWords = lazy(async () => {
  const { EdgeWords } = await import('./EdgeWords.tsx');
  return { default: EdgeWords };
});
const LinkLabels = lazy(async () => {
  const { LinkLabels } = await import('./LinkLabels.tsx');
  return { default: LinkLabels };
});

/** So many lines are drawn each by itself. */
const FEW_LINES = 300;
/** Of more, so many as one: thousands by themselves are slow to draw, and to point through. */
const BUNDLE = 100;

/** A line as it is drawn, however it looks. */
interface Line {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly path: string;
  readonly heads: readonly HeadAt[];
}

/** All edges in one drawing, under the cards; the critical path over the others. */
export function Edges(props: {
  plan: Plan;
  graph: Graph;
  layout: Layout;
  routes: readonly Route[];
}) {
  const { plan, graph, layout, routes } = props;
  const joins = useMemo(() => joinsOf(graph, layout.grid, routes), [graph, layout, routes]);
  const looks = useBoard(useMemo(() => looksOf(joins, routes), [joins, routes]));
  const size = routes.length > FEW_LINES ? BUNDLE : 1;
  const bundles = useMemo(() => piecesOf(routes.map(lineOf), size), [routes, size]);
  const piecesOfLooks = useMemo(() => keptPieces(size), [size]);
  const pieces = piecesOfLooks(looks);
  return (
    <>
      <svg className="edges" width={layout.width} height={layout.height} aria-hidden="true">
        {[false, true].map((heavy) =>
          bundles.map((lines, i) => (
            <Bundle
              key={`${lines[0]?.id ?? ''} ${heavy}`}
              {...{ lines, heavy, looks: pieces[i] ?? nothing }}
            />
          )),
        )}
      </svg>
      <CriticalLabel {...{ layout, routes, looks }} />
      <Suspense>
        <LinkLabels {...{ plan, graph, layout, routes }} />
        <EdgeWords {...{ graph, routes }} grid={layout.grid} />
      </Suspense>
    </>
  );
}

const nothing: readonly Look[] = [];

const isHeavy = (look: Look): boolean => look === 'critical' || look === 'blocks';

const lineOf = (route: Route): Line => ({
  id: route.id,
  kind: route.edge,
  path: pathOf(route.points, route.edge === 'hard' ? 5 : 1),
  heads: headsOf(route),
});

function piecesOf<T>(all: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < all.length; from += size) pieces.push(all.slice(from, from + size));
  return pieces;
}

/** Cuts lists of looks: a piece in which nothing is otherwise than in the list before stays the same. */
function keptPieces(size: number): (looks: readonly Look[]) => readonly (readonly Look[])[] {
  let last: readonly Look[] = [];
  let pieces: readonly (readonly Look[])[] = [];
  return (looks) => {
    if (looks === last) return pieces;
    last = looks;
    pieces = piecesOf(looks, size).map((piece, i) => {
      const before = pieces[i];
      const same =
        before?.length === piece.length && before.every((look, at) => look === piece[at]);
      return same ? before : piece;
    });
    return pieces;
  };
}

/** Lines that are drawn again only when what one of them starts at is settled, or no longer is. */
const Bundle = memo(function Bundle(props: {
  lines: readonly Line[];
  looks: readonly Look[];
  /** Those alone that lie over the others; or all but those. */
  heavy: boolean;
}) {
  const { lines, looks, heavy } = props;
  const groups = new Map<string, { look: Look; kind: EdgeKind; path: string; heads: string }>();
  lines.forEach(({ kind, path, heads }, i) => {
    const look = looks[i] ?? 'ahead';
    if (isHeavy(look) !== heavy) return;
    const name = `${look}/${kind}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { look, kind, path: '', heads: '' }));
    group.path += path;
    for (const head of heads) group.heads += headPath(head, heavy, kind !== 'hard');
  });
  return [...groups].map(([name, { look, kind, path, heads }]) => (
    <g key={name} className={`edge edge-${look} edge-${kind}`}>
      <path className="edge-line" d={path} />
      {heads !== '' && <path className={kind === 'hard' ? 'edge-head' : 'edge-tip'} d={heads} />}
    </g>
  ));
});

/** `blocks` and `faint`: what holds the selected module up, and what does not. */
type Look = 'critical' | 'sealed' | 'ahead' | 'blocks' | 'faint';

/** A line that stands for several edges is traced where any of them is. */
function isTraced(traced: ReadonlySet<number>, { from, to }: Join): boolean {
  return to.some((node) => traced.has(node)) && from.some((node) => traced.has(node));
}

/**
 * How the lines look; the same list as long as none looks otherwise. They are looked through once for each state of the run,
 * however often somebody asks: there may be ten thousand.
 */
export function looksOf(
  joins: readonly Join[],
  routes: readonly Route[],
): (board: BoardState) => readonly Look[] {
  let run: RunState | undefined;
  let traced: ReadonlySet<number> | null = null;
  let critical = false;
  let looks: readonly Look[] = [];
  return (board) => {
    const now = board.chronicle?.state;
    const only = tracedNodes(board);
    if (now === run && only === traced && board.traces.critical === critical) return looks;
    [run, traced, critical] = [now, only, board.traces.critical];
    const next =
      now === undefined
        ? []
        : joins.map((join, i): Look => {
            if (only !== null) return isTraced(only, join) ? 'blocks' : 'faint';
            const look = lookOf(courseOf(now), join, routes[i]?.edge ?? 'hard');
            return look === 'critical' && !critical ? 'ahead' : look;
          });
    const same = next.length === looks.length && next.every((look, i) => look === looks[i]);
    if (!same) looks = next;
    return looks;
  };
}

/** At the end; of what goes both ways at both ends; of what has no direction at none. */
function headsOf({ points, edge }: Route): HeadAt[] {
  const at = (way: readonly Point[]): HeadAt => ({
    ...(way.at(-1) ?? { x: 0, y: 0 }),
    angle: headAngle(way),
  });
  switch (edge) {
    case 'hard':
    case 'soft':
      return [at(points)];
    case 'feedback':
      return [at(points), at(points.toReversed())];
    case 'resource':
      return [];
  }
}

/** What all lines of a picture ask for. */
interface Course {
  readonly state: RunState;
  /** By node, 1 where it is settled. */
  readonly settled: Uint8Array;
  readonly critical: CriticalPath;
}

let lastCourse: Course | null = null;

function courseOf(state: RunState): Course {
  if (lastCourse?.state !== state) {
    const settled = settledNodes(state);
    lastCourse = { state, settled, critical: criticalPath(state, settled) };
  }
  return lastCourse;
}

function lookOf({ settled, critical }: Course, { from, to, edges }: Join, kind: EdgeKind): Look {
  const isOver = (nodes: readonly number[]): boolean => nodes.every((node) => settled[node] === 1);
  if (kind !== 'hard') {
    return isOver(from) && (kind === 'soft' || isOver(to)) ? 'sealed' : 'ahead';
  }
  if (edges.some((edge) => critical.edges.has(edge))) return 'critical';
  return isOver(from) ? 'sealed' : 'ahead';
}

/** How long the critical path still takes, where it first leads from one course into the next. */
function CriticalLabel(props: {
  layout: Layout;
  routes: readonly Route[];
  looks: readonly Look[];
}) {
  const minutes = useBoard((state) =>
    state.chronicle === null ? 0 : Math.ceil(courseOf(state.chronicle.state).critical.minutes),
  );
  const { layout, routes, looks } = props;
  const place = labelPlace(
    layout,
    routes.filter((_, i) => looks[i] === 'critical'),
  );
  if (place === null || minutes === 0) return null;
  return (
    <div className="critical-label" style={{ left: place.x, top: place.y }}>
      {t('Critical')}
      <span className="full-only"> {rich('· {0} min', minutes)}</span>
    </div>
  );
}

function labelPlace({ bands, gates }: Layout, routes: readonly Route[]): Point | null {
  for (const { from, to, points } of routes) {
    if (gates.has(from) || gates.has(to)) continue;
    for (const [i, end] of points.entries()) {
      const start = points[i - 1];
      if (start?.x !== end.x) continue;
      const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)];
      const band = bands.find(({ y }) => y > top && y < bottom);
      if (band !== undefined) return { x: end.x + 12, y: band.y };
    }
  }
  return null;
}
