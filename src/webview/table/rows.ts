import type { ModuleId } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { SubmissionRow } from '../../core/projections/history.ts';
import { isShown, type StateGroup } from '../board/state-group.ts';
import { cardAt } from '../graph/card-at.ts';
import type { Course, FoldedTiers } from '../graph/grid.ts';

/** A row of the table; `key` names it in any moment of the run. */
export type TableRow = { readonly key: string; readonly parent: string | null } & (
  | { readonly kind: 'course'; readonly course: Course; readonly open: boolean }
  /** `open`: its submissions are listed below it; null where it has none. */
  | { readonly kind: 'module'; readonly node: number; readonly open: boolean | null }
  | { readonly kind: 'submission'; readonly node: number; readonly submission: SubmissionRow }
  | { readonly kind: 'gates'; readonly open: boolean }
  | { readonly kind: 'gate'; readonly node: number }
);

/** What a person has turned: gates are open, modules closed, until then. Tiers are folded as in the graph. */
export type Turned = ReadonlySet<string>;

export const GATES_KEY = 'gates';
const courseKey = ({ tier }: Course): string => `course ${tier ?? 'none'}`;
const moduleKey = (module: ModuleId): string => `module ${module}`;

/** All rows that are not folded away, in the order of the plan. */
export function tableRows(
  chronicle: Chronicle,
  courses: readonly Course[],
  turned: Turned,
  filter: readonly StateGroup[],
  folded: FoldedTiers,
): readonly TableRow[] {
  const rows: TableRow[] = [];
  for (const course of courses) {
    const shown = course.modules.filter((node) => isShown(filter, cardAt(chronicle, node)));
    if (shown.length === 0 && filter.length > 0) continue;
    const key = courseKey(course);
    const open = !folded.has(course.tier);
    rows.push({ key, parent: null, kind: 'course', course, open });
    if (open) for (const node of shown) pushModule(rows, chronicle, node, key, turned);
  }
  const { gateBase, streamBase } = chronicle.state.graph;
  if (gateBase < streamBase) {
    const open = !turned.has(GATES_KEY);
    rows.push({ key: GATES_KEY, parent: null, kind: 'gates', open });
    for (let node = gateBase; open && node < streamBase; node++) {
      rows.push({ key: `gate ${node}`, parent: GATES_KEY, kind: 'gate', node });
    }
  }
  return rows;
}

function pushModule(
  rows: TableRow[],
  { state, history }: Chronicle,
  node: number,
  parent: string,
  turned: Turned,
): void {
  const module = state.plan.modules[node];
  if (module === undefined) return;
  const key = moduleKey(module.id);
  const submissions = history.submissions.get(node);
  const open = submissions.length === 0 ? null : turned.has(key);
  rows.push({ key, parent, kind: 'module', node, open });
  if (open !== true) return;
  for (const submission of [...submissions].reverse()) {
    const own = `submission ${module.id} ${submission.version} ${submission.attempt}`;
    rows.push({ key: own, parent: key, kind: 'submission', node, submission });
  }
}
