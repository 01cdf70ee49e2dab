import { MiniMap, ReactFlow, ViewportPortal, type NodeProps, type NodeTypes } from '@xyflow/react';
import { lazy, Suspense, useMemo, useRef } from 'react';
import type { Graph } from '../../core/graph.ts';
import { t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { useBoard } from '../store.ts';
import { IconButton } from '../parts/controls.tsx';
import { Bands } from './Bands.tsx';
import { Edges } from './Edges.tsx';
import { foldedTiers } from './folds.ts';
import { GateNode } from './GateNode.tsx';
import { useGraphKeys } from './keys.ts';
import { layoutOf } from './layout.ts';
import { MiniStone } from './MiniStone.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import { nodesOf, type CourseNode } from './nodes.ts';
import { routesOf } from './routes.ts';
import { FoldButton } from './FoldButton.tsx';
import { Traces } from './Traces.tsx';
import { MOST_ZOOM, LEAST_ZOOM, useViewport } from './viewport.ts';

/** Nothing travels before something has happened. */
const Parcels = lazy(async () => {
  const { Parcels } = await import('./Parcels.tsx');
  return { default: Parcels };
});

/** Most graphs are open. */
const LateCourse = lazy(async () => {
  const { FoldedCourse } = await import('./FoldedCourse.tsx');
  return { default: FoldedCourse };
});
const FoldedCourse = (props: NodeProps<CourseNode>) => (
  <Suspense>
    <LateCourse {...props} />
  </Suspense>
);

const nodeTypes: NodeTypes = { module: ModuleCard, course: FoldedCourse, gate: GateNode };

/** The graph with cards: fitted until somebody moves it, then left as it is. */
export function Canvas(props: {
  plan: Plan;
  graph: Graph;
  onTiles: () => void;
  onFarOut: () => void;
}) {
  const { plan, graph, onTiles, onFarOut } = props;
  const folded = useBoard((state) => state.folded);
  const layouts = useMemo(() => {
    const tiers = foldedTiers(plan, graph, folded);
    return {
      full: layoutOf(plan, graph, 'full', tiers),
      close: layoutOf(plan, graph, 'close', tiers),
      compact: layoutOf(plan, graph, 'compact', tiers),
    };
  }, [plan, graph, folded]);
  const view = useViewport(layouts, onFarOut);
  const layout = layouts[view.size];
  const routes = useMemo(() => routesOf(layout), [layout]);
  const nodes = useMemo(() => nodesOf(plan, graph, layout), [plan, graph, layout]);
  const select = useBoard((state) => state.select);
  const area = useRef<HTMLDivElement>(null);
  const selected = useBoard((state) => state.selected);
  const focusModule = useBoard((state) => state.focusModule);
  const onKeyDown = useGraphKeys(area, graph, layout, view);

  return (
    <div
      {...{ ref: area, onKeyDown }}
      className={`graph-area ${view.size === 'compact' ? 'graph-compact' : ''}`}
    >
      <ReactFlow
        {...{ nodes, nodeTypes, minZoom: LEAST_ZOOM, maxZoom: MOST_ZOOM }}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
        panOnScroll
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        onPaneClick={() => select(null)}
        onMove={view.moved}
      >
        <ViewportPortal>
          <Bands {...{ plan, graph, layout }} />
          <Edges {...{ plan, graph, layout, routes }} />
          <Suspense>
            <Parcels {...{ graph, routes }} grid={layout.grid} />
          </Suspense>
        </ViewportPortal>
        {view.size !== 'compact' && (
          <MiniMap
            {...{ nodeComponent: MiniStone, ariaLabel: t('Map of the graph'), pannable: true }}
            {...{ position: 'bottom-left', style: { width: 128, height: 84 } }}
            {...{ maskColor: 'transparent', maskStrokeColor: 'var(--fg)', maskStrokeWidth: 1 }}
          />
        )}
      </ReactFlow>
      <div className={`zoom-controls ${view.size === 'compact' ? '' : 'zoom-beside'}`}>
        <IconButton icon="zoom-in" label={t('Zoom in')} onClick={() => view.zoom(1.2)} />
        <IconButton icon="zoom-out" label={t('Zoom out')} onClick={() => view.zoom(1 / 1.2)} />
        <IconButton icon="screen-normal" label={t('Fit the graph')} onClick={view.fit} />
        <IconButton
          icon="target"
          label={
            selected === null ? t('Select a module to zoom to it') : t('Zoom to {0}', selected)
          }
          disabled={selected === null}
          onClick={() => {
            if (selected !== null) focusModule(selected, true);
          }}
        />
        <FoldButton {...{ plan, graph }} courses={layout.grid.courses} />
        <Traces />
        <IconButton icon="layout" label={t('Show tiles instead of cards')} onClick={onTiles} />
      </div>
    </div>
  );
}
