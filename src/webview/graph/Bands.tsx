import { rich } from '../parts/rich.tsx';
import type { Graph } from '../../core/graph.ts';
import { plural, t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isSettled } from '../../core/module-state.ts';
import type { RunState } from '../../core/state.ts';
import { isPlanned } from '../../core/projections/planned.ts';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { foldKey } from './folds.ts';
import type { Members } from './grid.ts';
import type { Layout } from './layout.ts';
import { focusCourse } from './viewport.ts';

/** The ground of each course, with its name and how much of it stands; a folded one's stone says both. */
export function Bands({ plan, graph, layout }: { plan: Plan; graph: Graph; layout: Layout }) {
  const { left } = layout.measures;
  const maxWidth = headRoom(layout) - left;
  return layout.bands.map(({ course, y }) => (
    <div key={y} className="band" style={{ top: y, width: layout.width }}>
      {!course.folded && (
        <div className="band-label" style={{ left, maxWidth }}>
          <CourseHead {...{ plan, graph, course }} />
        </div>
      )}
    </div>
  ));
}

/** Up to where a course's name reaches: no edge runs through it. */
function headRoom({ columnLanes, columnLaneX, width }: Layout): number {
  const first = columnLanes.findIndex((lanes, joint) => joint > 0 && lanes.count > 0);
  return (columnLaneX[first] ?? width) - EDGE_ROOM;
}

/** Between a name and the edge beside it. */
const EDGE_ROOM = 8;

/** The name of a course; pressed, it folds the course into one stone, or opens it. */
export function CourseHead({ plan, graph, course }: { plan: Plan; graph: Graph; course: Members }) {
  const key = foldKey(plan, graph, course.tier);
  const folded = useBoard((state) => state.folded.has(key));
  const fold = useBoard((state) => state.fold);
  return (
    <button
      {...{ type: 'button', className: 'course-head nopan', 'aria-expanded': !folded }}
      title={folded ? t('Open this tier') : t('Fold this tier')}
      onClick={({ currentTarget }) => {
        fold([key], !folded);
        focusCourse(course, currentTarget.closest('.graph-area'));
      }}
    >
      <Icon name={folded ? 'chevron-right' : 'chevron-down'} size={14} />
      <CourseName {...{ plan, graph, course }} />
    </button>
  );
}

let counted: RunState['modules'] | null = null;
let counts = new Map<Members, number>();

/** How many modules of a course are done, counted once for each state of the run. */
function settledOf({ modules, graph }: RunState, course: Members): number {
  if (modules !== counted) [counted, counts] = [modules, new Map<Members, number>()];
  let count = counts.get(course);
  if (count === undefined) {
    // At a moment before a split there are fewer.
    const there = course.modules.filter((node) => node < graph.modules);
    count = there.filter((node) => isSettled(modules.get(node))).length;
    counts.set(course, count);
  }
  return count;
}

/** `Frontend tier 1 2 of 3 sealed` */
function CourseName({ plan, graph, course }: { plan: Plan; graph: Graph; course: Members }) {
  const planned = useBoard(({ chronicle }) => chronicle !== null && isPlanned(chronicle.state));
  const sealed = useBoard(({ chronicle }) =>
    chronicle === null ? 0 : settledOf(chronicle.state, course),
  );
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
