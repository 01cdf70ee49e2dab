import type { CardShape } from '../../core/projections/card-shape.ts';
import { t } from '../../core/language.ts';
import { Icon } from '../parts/Icon.tsx';
import { Stone } from '../parts/Stone.tsx';
import { Head } from './Head.tsx';
import type { EdgeKind } from './links.ts';

/** What the lines and marks of the graph mean. Always in sight. */
export function CardLegend() {
  return (
    <footer className="legend" aria-label={t('Legend')}>
      {kinds.map((kind) => (
        <span key={kind} title={meanings()[kind]}>
          <Line look="sealed" kind={kind} />
          {kindWords(kind)}
        </span>
      ))}
      <span title={t('What decides how long the run still takes')}>
        <Line look="critical" kind="hard" />
        {t('critical path')}
      </span>
      <span>
        <svg width="14" height="14" aria-hidden="true">
          <path d="M7 1l6 6-6 6-6-6z" fill="none" stroke="var(--outline)" strokeWidth="1.5" />
        </svg>
        {t('gate')}
      </span>
      <span
        title={t(
          'What one module gives another goes along their edge as it happens: a handoff, or its sealed work',
        )}
      >
        <Icon name="package" size={14} />
        {t('handoff or seal')}
      </span>
      <span>
        <Icon name="triangle-up" tone="review" size={12} />
        {t('amended')}
      </span>
    </footer>
  );
}

const kinds = ['hard', 'soft', 'resource', 'feedback'] as const satisfies readonly EdgeKind[];

function kindWords(kind: EdgeKind): string {
  switch (kind) {
    case 'hard':
      return t('hard');
    case 'soft':
      return t('soft');
    case 'resource':
      return t('resource');
    case 'feedback':
      return t('feedback');
  }
}

const meanings = (): Readonly<Record<EdgeKind, string>> => ({
  hard: t('Starts when the other is sealed'),
  soft: t('Starts on the other’s stub, and is confirmed at its seal'),
  resource: t('Both use it, and there is only so much of it'),
  feedback: t('Each takes what the other found into its next turn'),
});

function Line({ look, kind }: { look: 'sealed' | 'critical'; kind: EdgeKind }) {
  const open = kind !== 'hard';
  return (
    <svg width="36" height="10" aria-hidden="true" className={`edge edge-${look} edge-${kind}`}>
      <path className="edge-line" d={open ? 'M0 5H36' : 'M0 5H30'} />
      {kind !== 'resource' && (
        <Head x={36} y={5} angle={0} large={look === 'critical'} open={open} />
      )}
      {kind === 'feedback' && <Head x={0} y={5} angle={180} large={false} open />}
    </svg>
  );
}

const tiles = (): readonly (readonly [CardShape, string])[] => [
  ['sealed', t('sealed')],
  ['building', t('building')],
  ['review', t('in review')],
  ['needs-revision', t('needs revision')],
  ['failed', t('failed')],
  ['blocked', t('blocked')],
  ['waiting', t('waiting')],
  ['planned', t('planned')],
];

/** What the outlines of tiles() mean. */
export function TileLegend() {
  return (
    <footer className="legend legend-tiles" aria-label={t('Legend')}>
      <span>
        <Stone shape="sealed" width={28} height={16} needsYou />
        {t('needs you')}
      </span>
      {tiles().map(([shape, word]) => (
        <span key={shape}>
          <Stone {...{ shape, width: 28, height: 16 }} />
          {word}
        </span>
      ))}
    </footer>
  );
}
