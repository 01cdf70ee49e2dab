import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isSettled } from '../../core/module-state.ts';
import { useBoard } from '../store.ts';
import type { Course } from './grid.ts';
import type { Layout } from './layout.ts';

/** The ground of each course, with its name and how much of it stands. */
export function Bands({ plan, graph, layout }: { plan: Plan; graph: Graph; layout: Layout }) {
  return layout.bands.map(({ course, y }) => (
    <div key={y} className="band" style={{ top: y, width: layout.width }}>
      <div className="band-label" style={{ left: layout.measures.left }}>
        <CourseName {...{ plan, graph, course }} />
      </div>
    </div>
  ));
}

/** `Frontend tier 1 2 of 3 sealed` */
export function CourseName({ plan, graph, course }: { plan: Plan; graph: Graph; course: Course }) {
  const sealed = useBoard((state) => {
    const modules = state.chronicle?.state.modules;
    if (modules === undefined) return 0;
    return course.modules.filter((node) => isSettled(modules.get(node))).length;
  });
  const { tier, modules } = course;
  const place = tier === null ? null : tier - graph.tierBase;
  return (
    <>
      <b>{place === null ? 'In no tier' : plan.tiers[place]?.id}</b>
      {place !== null && <span>tier {place + 1}</span>}
      <span className="num">
        {sealed} of {modules.length} sealed
      </span>
    </>
  );
}
