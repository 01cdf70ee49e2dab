import { memo, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Graph } from '../../core/graph.ts';
import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { Icon } from '../parts/Icon.tsx';
import { board } from '../store.ts';
import type { Grid } from './grid.ts';
import { Lines, parcelsOf, restingPlace, stations, type Parcel } from './parcels.ts';
import './Parcels.css';
import type { Route } from './routes.ts';

/** How long a parcel is on its way. */
const TRAVEL_MS = 3_200;

/** What is handed over travels along its edge, while that happens or is played. */
export function Parcels(props: {
  graph: Graph;
  grid: Grid;
  routes: readonly Route[];
}): ReactElement {
  const { graph, grid, routes } = props;
  const lines = useMemo(() => new Lines(grid, routes), [grid, routes]);
  const [under, setUnder] = useState<readonly Parcel[]>([]);
  const [of, setOf] = useState(lines);
  // What was under way on other lines has no place on these.
  if (of !== lines) {
    setOf(lines);
    setUnder([]);
  }
  useEffect(
    () =>
      board.store.subscribe((now, before) => {
        if (now.happened === before.happened || document.visibilityState === 'hidden') return;
        setUnder((all) => {
          const begun = parcelsOf(now.happened, graph, lines, new Set(all.map(({ id }) => id)));
          return begun.length === 0 ? all : [...all, ...begun];
        });
      }),
    [graph, lines],
  );
  return (
    <div aria-hidden="true">
      {under.map((parcel) => (
        <Travelling
          key={parcel.id}
          parcel={parcel}
          onArrival={(id) => setUnder((all) => all.filter((each) => each.id !== id))}
        />
      ))}
    </div>
  );
}

const Travelling = memo(
  function Travelling(props: { parcel: Parcel; onArrival: (id: string) => void }): ReactElement {
    const { parcel, onArrival } = props;
    const { id, way, label, partial } = parcel;
    const box = useRef<HTMLDivElement>(null);
    const rest = restingPlace(way);
    useEffect(() => {
      const over = setTimeout(() => onArrival(id), TRAVEL_MS);
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      // A change of place alone: the page is neither laid out nor painted again for it.
      const moving = still
        ? undefined
        : box.current?.animate(
            stations(way).map(({ x, y, offset }) => ({
              offset,
              transform: `translate(${x - 11}px, ${y - 11}px)`,
            })),
            { duration: TRAVEL_MS },
          );
      return () => {
        clearTimeout(over);
        moving?.cancel();
      };
    }, [id, way, onArrival]);
    return (
      <>
        <div
          ref={box}
          className="parcel"
          style={{ transform: `translate(${rest.x - 11}px, ${rest.y - 11}px)` }}
        >
          <Icon name="package" size={14} />
        </div>
        {label !== '' && (
          <div
            className={rest.upright ? 'parcel-label' : 'parcel-label parcel-over'}
            style={{ left: rest.x, top: rest.y }}
          >
            {oneLine(label, 40)} {partial && <span className="muted">{t('partial')}</span>}
          </div>
        )}
      </>
    );
  },
  (a, b) => a.parcel === b.parcel,
);
