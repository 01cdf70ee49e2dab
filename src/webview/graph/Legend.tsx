import type { CardShape } from '../../core/projections/card-shape.ts';
import { Icon } from '../parts/Icon.tsx';
import { Stone } from '../parts/Stone.tsx';
import { Head } from './Head.tsx';

/** What the lines and marks of the graph mean. Always in sight. */
export function CardLegend() {
  return (
    <footer className="legend" aria-label="Legend">
      <span>
        <Line look="sealed" />
        hard
      </span>
      <span>
        <Line look="critical" />
        critical path
      </span>
      <span>
        <svg width="14" height="14" aria-hidden="true">
          <path d="M7 1l6 6-6 6-6-6z" fill="none" stroke="var(--outline)" strokeWidth="1.5" />
        </svg>
        gate
      </span>
      <span>
        <Icon name="triangle-up" tone="review" size={12} />
        amended
      </span>
    </footer>
  );
}

function Line({ look }: { look: 'sealed' | 'critical' }) {
  return (
    <svg width="36" height="10" aria-hidden="true" className={`edge edge-${look}`}>
      <path d="M0 5H30" />
      <Head x={36} y={5} angle={0} large={look === 'critical'} />
    </svg>
  );
}

const tiles: readonly (readonly [CardShape, string])[] = [
  ['sealed', 'sealed'],
  ['building', 'building'],
  ['review', 'in review'],
  ['needs-revision', 'needs revision'],
  ['failed', 'failed'],
  ['blocked', 'blocked'],
  ['waiting', 'waiting'],
  ['planned', 'planned'],
];

/** What the outlines of tiles mean. */
export function TileLegend() {
  return (
    <footer className="legend legend-tiles" aria-label="Legend">
      <span>
        <Stone shape="sealed" width={28} height={16} needsYou />
        needs you
      </span>
      {tiles.map(([shape, word]) => (
        <span key={shape}>
          <Stone {...{ shape, width: 28, height: 16 }} />
          {word}
        </span>
      ))}
    </footer>
  );
}
