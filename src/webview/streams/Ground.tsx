import type { ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import type { Eta } from '../../core/projections/eta.ts';
import { shortEta } from '../board/figures.ts';
import { brokenMarks } from '../time/broken-scale.ts';
import type { Scale } from './scale.ts';

interface Props {
  readonly originPx: number;
  readonly scale: Scale;
  readonly window: { readonly left: number; readonly width: number };
  readonly height: number;
  readonly nowMs: number;
  readonly eta: Eta;
}

/** Half of the words that say when it ends: they are not cut where the view ends. */
const WORDS_PX = 62;

/** Lines of the scale, and when the run may be done. */
export function Ground({ originPx, scale, window, height, nowMs, eta }: Props): ReactElement {
  const marks = brokenMarks(scale, window.left, window.left + window.width);
  const fromPx = eta.known ? scale.x(nowMs + eta.fromMs) : 0;
  const widthPx = eta.known ? scale.x(nowMs + (eta.toMs ?? eta.fromMs)) - fromPx : 0;
  const farthestPx = window.left + window.width - WORDS_PX - fromPx;
  return (
    <div className="tl-ground" style={{ left: originPx, height }} aria-hidden="true">
      {marks.map((ms) => (
        <span key={ms} className="tl-line" style={{ left: scale.x(ms) }} />
      ))}
      {scale.breaks.map(({ quiet, fromPx: left, toPx }) => (
        <span key={quiet.fromMs} className="tl-break" style={{ left, width: toPx - left }} />
      ))}
      {eta.known && eta.fromMs > 0 && (
        <span className="tl-eta" style={{ left: fromPx, width: Math.max(1, widthPx) }}>
          <span className="tl-eta-words" style={{ left: Math.min(widthPx / 2, farthestPx) }}>
            {rich('ETA {0}', shortEta(eta))}
          </span>
        </span>
      )}
    </div>
  );
}
