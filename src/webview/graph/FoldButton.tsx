import type { ReactElement } from 'react';
import type { Graph } from '../../core/graph.ts';
import { t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { IconButton } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';
import { foldAll, foldKey } from './folds.ts';
import type { Members } from './grid.ts';

/** Folds all tiers; where all are folded, opens them. */
export function FoldButton(props: {
  plan: Plan;
  graph: Graph;
  courses: readonly Members[];
}): ReactElement {
  const { plan, graph, courses } = props;
  const all = useBoard(({ folded }) =>
    courses.every(({ tier }) => folded.has(foldKey(plan, graph, tier))),
  );
  return (
    <IconButton
      icon={all ? 'unfold' : 'fold'}
      label={all ? t('Open all tiers') : t('Fold all tiers')}
      onClick={() => foldAll(plan, graph, courses)}
    />
  );
}
