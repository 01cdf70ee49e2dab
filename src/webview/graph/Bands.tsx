import { rich } from '../parts/rich.tsx';
import type { Graph } from '../../core/graph.ts';
import { plural, t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isSettled } from '../../core/module-state.ts';
import { isPlanned } from '../../core/projections/planned.ts';
import { Icon } from '../parts/Icon.tsx';
import { board, useBoard } from '../store.ts';
import { useAnyOf } from './card-watch.ts';
import { foldKey } from './folds.ts';
import type { Course } from './grid.ts';
import type { Layout } from './layout.ts';

/** The ground of each course, with its name and how much of it stands. */
export function Bands({ plan, graph, layout }: { plan: Plan; graph: Graph; layout: Layout }) {
  const { left } = layout.measures;
  const maxWidth = headRoom(layout) - left;
  return layout.bands.map(({ course, y }) => (
    <div key={y} className="band" style={{ top: y, width: layout.width }}>
      <div className="band-label" style={{ left, maxWidth }}>
        <CourseHead {...{ plan, graph, course }} />
      </div>
    </div>
  ));
}

/** Up to where a course's name reaches: no edge runs through it. */
function headRoom({ columnLanes, columnLaneX, width }: Layout): number {
  const first = columnLanes.findIndex((lanes, joint) => joint > 0 && lanes.count > 0);
  return (columnLaneX[first] ?? width) - EDGE_ROOM;
}

/** Between a name and the edge beside it. */
const EDGE_ROOM = 10;

/** The name of a course; pressed, it folds the course into one stone, or opens it. */
export function CourseHead({ plan, graph, course }: { plan: Plan; graph: Graph; course: Course }) {
  const key = foldKey(plan, graph, course.tier);
  const folded = useBoard((state) => state.folded.has(key));
  const fold = useBoard((state) => state.fold);
  return (
    <button
      {...{ type: 'button', className: 'course-head nopan', 'aria-expanded': !folded }}
      title={folded ? t('Open this tier') : t('Fold this tier')}
      onClick={() => fold([key], !folded)}
    >
      <Icon name={folded ? 'chevron-right' : 'chevron-down'} size={14} />
      <CourseName {...{ plan, graph, course }} />
    </button>
  );
}

/** `Frontend tier 1 2 of 3 sealed` */
function CourseName({ plan, graph, course }: { plan: Plan; graph: Graph; course: Course }) {
  const planned = useBoard(({ chronicle }) => chronicle !== null && isPlanned(chronicle.state));
  useAnyOf(course.modules);
  const now = board.store.getState().chronicle?.state.modules;
  const sealed =
    now === undefined ? 0 : course.modules.filter((node) => isSettled(now.get(node))).length;
  const { tier, modules } = course;
  const place = tier === null ? null : tier - graph.tierBase;
  return (
    <>
      <b>{place === null ? t('In no tier') : plan.tiers[place]?.id}</b>
      {place !== null && <span className="full-only">{rich('tier {0}', place + 1)}</span>}
      <span className="num">
        {planned
          ? plural(modules.length, '{0} module', '{0} modules')
          : t('{0} of {1} sealed', sealed, modules.length)}
      </span>
    </>
  );
}
