import type { NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { CardShape } from '../../core/projections/card-shape.ts';
import { isShown } from '../board/state-group.ts';
import { Bar } from '../parts/Bar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { Stone } from '../parts/Stone.tsx';
import { board, useBoard } from '../store.ts';
import { cardAt } from './card-at.ts';
import { useAnyOf } from './card-watch.ts';
import { foldKey } from './folds.ts';
import './FoldedCourse.css';
import { MEASURES } from './measures.ts';
import type { CourseNode } from './nodes.ts';
import { countsOf, countWords } from './tile-counts.ts';
import { isOffTrace } from './traced.ts';
import { focusCourse } from './viewport.ts';

/** So many counts stand on a stone; all of them are read aloud. */
const MOST_COUNTS = 3;

/** A tier as one stone: how much of it stands, and how many of its modules are at what. */
export const FoldedCourse = memo(function FoldedCourse({
  data,
}: NodeProps<CourseNode>): ReactElement | null {
  const { node, size, course } = data;
  useAnyOf(course.modules);
  const now = board.store.getState().chronicle;
  const counts = now === null ? {} : countsOf(course.modules.map((each) => cardAt(now, each)));
  const selected = useBoard(({ chronicle, selected: id }) => {
    const at = id === null ? undefined : chronicle?.state.graph.moduleIndex.get(id);
    return at !== undefined && course.modules.includes(at);
  });
  const dim = useBoard((state) => {
    const { chronicle } = state;
    if (chronicle === null) return false;
    const seen = (each: number): boolean =>
      isShown(state.filter, cardAt(chronicle, each)) && !isOffTrace(state, each);
    return !course.modules.some(seen);
  });
  const plan = useBoard(({ chronicle }) => chronicle?.state.plan ?? null);
  const graph = useBoard(({ chronicle }) => chronicle?.state.graph ?? null);
  const fold = useBoard((state) => state.fold);
  if (plan === null || graph === null) return null;
  const key = foldKey(plan, graph, course.tier);
  const name = key === '' ? t('In no tier') : key;
  const all = course.modules.length;
  const sealed = counts.sealed ?? 0;
  const said = countWords().filter(([kind]) => (counts[kind] ?? 0) > 0);
  const words = said.map(([kind, word]) => `${counts[kind] ?? 0} ${word}`);
  const { cardWidth: width, foldedHeight: height } = MEASURES[size];
  return (
    <div
      {...{ role: 'button', tabIndex: 0, 'aria-expanded': false }}
      {...{ 'data-node': node, 'data-course': key, style: { height } }}
      onClick={({ currentTarget }) => {
        fold([key], false);
        focusCourse(course, currentTarget.closest('.graph-area'));
      }}
      aria-label={[t('{0}, folded', name), t('{0} of {1} sealed', sealed, all), ...words].join(
        ', ',
      )}
      title={t('Open the tier {0}', name)}
      className={`course-stone ${selected ? 'course-selected' : ''} ${dim ? 'card-dim' : ''}`}
    >
      <Stone
        {...{ shape: shapeOf(counts, all), width, height, ghost: true }}
        needsYou={counts['needs-you'] !== undefined}
      />
      <div className="card-title">
        <Icon name="chevron-right" />
        <b className="ellipsis">{name}</b>
        <span className="course-counts num">
          {said.slice(0, MOST_COUNTS).map(([kind, word]) => (
            <span key={kind} title={`${counts[kind] ?? 0} ${word}`}>
              <Icon {...{ name: iconOf(kind), tone: looks[kind].tone, size: 14 }} />
              {counts[kind]}
            </span>
          ))}
        </span>
      </div>
      <div className="card-state num">{t('{0} of {1} sealed', sealed, all)}</div>
      <div className="card-progress">
        <Bar {...{ percent: (100 * sealed) / Math.max(1, all), tone: 'plain', label: name }} />
      </div>
    </div>
  );
});

type Counts = ReturnType<typeof countsOf>;

/** What is judged again still looks sealed on its own card; counted, it is what is not done. */
const iconOf = (kind: keyof Counts) => (kind === 'stale' ? 'clockface' : looks[kind].icon);

/** Closed where all of it stands; else of what is at work in it. */
function shapeOf(counts: Counts, all: number): CardShape {
  if ((counts.sealed ?? 0) === all) return 'sealed';
  if ((counts.failed ?? 0) > 0) return 'failed';
  if ((counts.building ?? 0) > 0) return 'building';
  if ((counts.review ?? 0) > 0) return 'review';
  return 'waiting';
}
