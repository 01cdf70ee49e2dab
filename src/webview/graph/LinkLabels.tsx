import { useMemo } from 'react';
import { useShallow } from 'zustand/shallow';
import { t } from '../../core/language.ts';
import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import type { Layout, Point } from './layout.ts';
import { sharedResources } from './links.ts';
import type { Route } from './routes.ts';

interface Label {
  readonly key: string;
  readonly place: Point;
  readonly icon: 'key' | 'sync';
  /** Which resource, or which feedback pair. */
  readonly of: number;
}

/** Boxes on edges: how many hold a resource, and in which round a feedback pair is. */
export function LinkLabels(props: {
  plan: Plan;
  graph: Graph;
  layout: Layout;
  routes: readonly Route[];
}) {
  const { plan, graph, layout, routes } = props;
  const labels = useMemo(
    () => [...resourceLabels(plan, layout, routes), ...feedbackLabels(graph, layout, routes)],
    [plan, graph, layout, routes],
  );
  const words = useBoard(
    useShallow(({ chronicle }) =>
      labels.map(({ icon, of }) => {
        if (chronicle === null) return '';
        const { state } = chronicle;
        if (icon === 'key') {
          const { id = '', capacity = 0 } = plan.resources[of] ?? {};
          return `${id} ${state.held[of] ?? 0}/${capacity}`;
        }
        const { fromA, fromB } = state.feedback.get(of);
        const round = Math.max(fromA.given, fromB.given);
        return `${round}/${graph.feedback[of]?.rounds ?? 0}`;
      }),
    ),
  );
  return labels.map(({ key, place, icon }, i) => {
    const title = icon === 'key' ? t('held of what there is') : t('rounds of findings');
    return (
      <div
        key={key}
        {...{ className: 'link-label num', style: { left: place.x, top: place.y } }}
        title={`${words[i] ?? ''}: ${title}`}
      >
        <Icon name={icon} size={12} />
        {words[i]}
      </div>
    );
  });
}

/** Once for each resource, on the first of its edges. */
function resourceLabels(plan: Plan, layout: Layout, routes: readonly Route[]): Label[] {
  return sharedResources(plan, layout.grid).flatMap(({ resource, users: [from, to] }) => {
    const route = routes.find(
      (each) => each.edge === 'resource' && each.from === from && each.to === to,
    );
    if (route === undefined) return [];
    return [{ key: `r${resource}`, place: placeOn(layout, route), icon: 'key', of: resource }];
  });
}

function feedbackLabels(graph: Graph, layout: Layout, routes: readonly Route[]): Label[] {
  return routes.flatMap((route): Label[] => {
    if (route.edge !== 'feedback') return [];
    const { from, to } = route;
    const of = graph.feedback.findIndex(({ a, b }) => {
      const [first, second] = [layout.grid.shownAs[a], layout.grid.shownAs[b]];
      return (first === from && second === to) || (first === to && second === from);
    });
    return of === -1 ? [] : [{ key: route.id, place: placeOn(layout, route), icon: 'sync', of }];
  });
}

/** On its longest stretch: in the middle, or where that runs upright between two rows of cards. */
function placeOn({ modules, measures }: Layout, { points }: Route): Point {
  let [from, to, most] = [points[0] ?? { x: 0, y: 0 }, points[0] ?? { x: 0, y: 0 }, -1];
  points.forEach((end, i) => {
    const start = points[i - 1];
    if (start === undefined) return;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    if (length > most) [from, to, most] = [start, end, length];
  });
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (from.x !== to.x) return middle;
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  // Under the lanes of a joint, over the cards below it.
  const between = [...new Set(modules.map(({ y }) => y - measures.firstLane))]
    .filter((y) => y > top + 8 && y < bottom - 8)
    .sort((a, b) => Math.abs(a - middle.y) - Math.abs(b - middle.y));
  return { x: middle.x, y: between[0] ?? middle.y };
}
