import { ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { lazy, Suspense, useCallback, useState } from 'react';
import { t } from '../../core/language.ts';
import { useBoard } from '../store.ts';
import { Canvas } from './Canvas.tsx';
import './Graph.css';
import { CardLegend, TileLegend } from './Legend.tsx';

/** Most runs have fewer modules. */
const TileWall = lazy(async () => {
  const { TileWall } = await import('./TileWall.tsx');
  return { default: TileWall };
});

/** More modules than this are shown as tiles first, so that the whole wall can be seen. */
const MOST_CARDS = 40;

/** The run as a wall: modules are stones, edges run in the joints, gates are diamonds. */
export function Graph() {
  const plan = useBoard((state) => state.chronicle?.state.plan ?? null);
  const graph = useBoard((state) => state.chronicle?.state.graph ?? null);
  const [chosen, choose] = useState<'cards' | 'tiles' | null>(null);
  const many = (plan?.modules.length ?? 0) > MOST_CARDS;
  const farOut = useCallback(() => {
    if (many) choose('tiles');
  }, [many]);
  if (plan === null || graph === null) return null;
  const tiles = (chosen ?? (many ? 'tiles' : 'cards')) === 'tiles';
  return (
    <section className={many ? 'graph graph-many' : 'graph'} aria-label={t('Graph')}>
      {tiles ? (
        <Suspense fallback={<div className="wall" aria-busy="true" />}>
          <TileWall {...{ plan, graph }} onCards={() => choose('cards')} />
        </Suspense>
      ) : (
        <ReactFlowProvider>
          <Canvas {...{ plan, graph }} onTiles={() => choose('tiles')} onFarOut={farOut} />
        </ReactFlowProvider>
      )}
      {tiles ? <TileLegend /> : <CardLegend />}
    </section>
  );
}
