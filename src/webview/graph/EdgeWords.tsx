import { memo } from 'react';
import { t } from '../../core/language.ts';
import { refOf, type Graph } from '../../core/graph.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import type { Route } from './routes.ts';

/** More lines than these nobody listens to; the details of a module name its own. */
const mostLines = 200;

/** What the edges say, for those who cannot see them. */
export const EdgeWords = memo(function EdgeWords(props: {
  graph: Graph;
  routes: readonly Route[];
}) {
  const { graph, routes } = props;
  const nameOf = (node: number): string => nodeName(refOf(graph, node));
  return (
    <ul className="unseen" aria-label={t('Dependencies')}>
      {routes.slice(0, mostLines).map(({ id, from, to, edge }) => (
        <li key={id}>{says(edge, nameOf(from), nameOf(to))}</li>
      ))}
    </ul>
  );
});

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
