import type { RunState } from '../../core/state.ts';
import { course } from './figures.ts';

/** The sealed modules as stones that are set; says nothing that the figure beside it does not. */
export function Course({ state }: { readonly state: RunState }) {
  return (
    <span className="course" aria-hidden="true">
      {course(state).map((stone, at) => (
        <i key={at} className={`course-${stone}`} />
      ))}
    </span>
  );
}
