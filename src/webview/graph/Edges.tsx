import { lazy, memo, Suspense, useMemo } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { criticalPath, type CriticalPath } from '../../core/projections/critical-path.ts';
import { isNodeSettled } from '../../core/projections/node-words.ts';
import type { RunState } from '../../core/state.ts';
import { useBoard, type BoardState } from '../store.ts';
import { Head } from './Head.tsx';
import { EdgeWords } from './EdgeWords.tsx';
import { joinsOf, type Join } from './joins.ts';
import type { Layout, Point } from './layout.ts';
import type { EdgeKind } from './links.ts';
import { headAngle, pathOf, type Route } from './routes.ts';
import { tracedNodes } from './traced.ts';

/** Most plans share no resource and have no feedback. */
const LinkLabels = lazy(async () => {
  const { LinkLabels } = await import('./LinkLabels.tsx');
  return { default: LinkLabels };
});

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
  const drawn = useMemo(
    () =>
      routes.map((route) => ({
        route,
        path: pathOf(route.points, route.edge === 'hard' ? 5 : 1),
        heads: headsOf(route),
      })),
    [routes],
  );
  const weights = [false, true].map((heavy) =>
    drawn.map(({ route, ...line }, i) => {
      const look = looks[i] ?? 'ahead';
      if ((look === 'critical' || look === 'blocks') !== heavy) return null;
      return <Edge key={route.id} {...{ ...line, look, kind: route.edge }} />;
    }),
  );
  return (
    <>
      <svg className="edges" width={layout.width} height={layout.height} aria-hidden="true">
        {weights}
      </svg>
      <CriticalLabel {...{ layout, routes, looks }} />
      {routes.some(({ edge }) => edge === 'resource' || edge === 'feedback') && (
        <Suspense>
          <LinkLabels {...{ plan, graph, layout, routes }} />
        </Suspense>
      )}
      <EdgeWords {...{ graph, routes }} grid={layout.grid} />
    </>
  );
}

/** Drawn again only when what it starts at is settled, or no longer is. */
const Edge = memo(function Edge(props: {
  path: string;
  heads: readonly HeadAt[];
  look: Look;
  kind: EdgeKind;
}) {
  const { path, heads, look, kind } = props;
  return (
    <g className={`edge edge-${look} edge-${kind}`}>
      <path className="edge-line" d={path} />
      {heads.map((head) => (
        <Head
          key={`${head.x} ${head.y}`}
          {...{ ...head, large: look === 'critical' || look === 'blocks', open: kind !== 'hard' }}
        />
      ))}
    </g>
  );
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
            const look = lookOf(now, join, routes[i]?.edge ?? 'hard');
            return look === 'critical' && !critical ? 'ahead' : look;
          });
    const same = next.length === looks.length && next.every((look, i) => look === looks[i]);
    if (!same) looks = next;
    return looks;
  };
}

interface HeadAt extends Point {
  readonly angle: number;
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

let lastState: RunState | null = null;
let lastPath: CriticalPath | null = null;

/** Everyone who draws a state asks for the same path. */
function criticalOf(state: RunState): CriticalPath {
  if (lastPath === null || lastState !== state) {
    [lastState, lastPath] = [state, criticalPath(state)];
  }
  return lastPath;
}

function lookOf(state: RunState, { from, to, edges }: Join, kind: EdgeKind): Look {
  if (kind !== 'hard') {
    const ends = kind === 'soft' ? from : [...from, ...to];
    return ends.every((end) => isNodeSettled(state, end)) ? 'sealed' : 'ahead';
  }
  const critical = criticalOf(state).edges;
  if (edges.some((edge) => critical.has(edge))) return 'critical';
  return from.every((source) => isNodeSettled(state, source)) ? 'sealed' : 'ahead';
}

/** How long the critical path still takes, where it first leads from one course into the next. */
function CriticalLabel(props: {
  layout: Layout;
  routes: readonly Route[];
  looks: readonly Look[];
}) {
  const minutes = useBoard((state) =>
    state.chronicle === null ? 0 : Math.ceil(criticalOf(state.chronicle.state).minutes),
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
