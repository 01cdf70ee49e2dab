import type { ReactElement } from 'react';
import type { GateCard } from '../../core/projections/gate-card.ts';
import { Icon } from './Icon.tsx';
import type { Tone } from './looks.ts';
import './Diamond.css';

/** How a gate stands. */
type GateShape = GateCard['shape'];

const signs: Readonly<Record<GateShape, { icon: string; tone?: Tone; stroke: string }>> = {
  waiting: { icon: 'clockface', tone: 'muted', stroke: 'var(--outline)' },
  judging: { icon: 'law', tone: 'review', stroke: 'var(--review)' },
  passed: { icon: 'check', tone: 'pass', stroke: 'var(--pass)' },
  failed: { icon: 'close', tone: 'fail', stroke: 'var(--fail)' },
  'needs-you': { icon: 'bell-dot', stroke: 'var(--you-line)' },
};

/** A gate; what stands in it says how it was decided. */
export function Diamond(props: { shape: GateShape; radius?: number | undefined }): ReactElement {
  const { shape, radius: r = 22 } = props;
  const { icon, tone, stroke } = signs[shape];
  const asks = shape === 'needs-you';
  return (
    <span className={`diamond diamond-${shape}`} style={{ width: 2 * r, height: 2 * r }}>
      <svg width={2 * r} height={2 * r} aria-hidden="true">
        <path
          d={`M${r} 1L${2 * r - 1} ${r}L${r} ${2 * r - 1}L1 ${r}Z`}
          fill={asks ? 'var(--you-bg)' : 'var(--bg)'}
          {...{ stroke, strokeWidth: asks ? 2 : 1.5, strokeLinejoin: 'round' }}
        />
      </svg>
      <Icon name={icon} tone={tone} size={r < 16 ? 12 : 16} />
    </span>
  );
}
