import { memo, useMemo } from 'react';
import { t } from '../../core/language.ts';
import { refOf, type Graph } from '../../core/graph.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import type { Grid } from './grid.ts';
import type { Route } from './routes.ts';

/** More lines than these nobody listens to; the details of a module name its own. */
const mostLines = 200;

/** What the edges say, for those who cannot see them. */
export const EdgeWords = memo(function EdgeWords(props: {
  graph: Graph;
  grid: Grid;
  routes: readonly Route[];
}) {
  const { graph, grid, routes } = props;
  const folded = useMemo(() => foldedNames(graph, grid), [graph, grid]);
  const nameOf = (node: number): string => folded.get(node) ?? nodeName(refOf(graph, node));
  return (
    <ul className="unseen" aria-label={t('Dependencies')}>
      {routes.slice(0, mostLines).map(({ id, from, to, edge }) => (
        <li key={id}>{says(edge, nameOf(from), nameOf(to))}</li>
      ))}
    </ul>
  );
});

/** By the module that stands for a folded course: what the course is called. */
function foldedNames(graph: Graph, grid: Grid): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { tier, modules, folded } of grid.courses) {
    const stone = grid.shownAs[modules[0] ?? -1];
    if (!folded || stone === undefined) continue;
    names.set(stone, tier === null ? t('what is in no tier') : nodeName(refOf(graph, tier)));
  }
  return names;
}

function says(edge: Route['edge'], from: string, to: string): string {
  switch (edge) {
    case 'hard':
      return t('{0} waits for {1} (hard)', to, from);
    case 'soft':
      return t('{0} builds on the stub of {1} (soft)', to, from);
    case 'feedback':
      return t("{0} and {1} take each other's findings (feedback)", from, to);
    case 'resource':
      return t('{0} and {1} share a resource', from, to);
  }
}
