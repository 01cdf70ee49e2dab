import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { runTime } from '../../core/projections/figures.ts';
import { useBoard } from '../store.ts';
import { breakWords, brokenMarks } from '../time/broken-scale.ts';
import type { Scale } from './scale.ts';

/** Where the words of now would cover those of a mark. */
const NEAR_PX = 62;

/** Half of the first mark's words, which stand before the time. */
const TICK_PX = 16;

interface Props {
  readonly scale: Scale;
  readonly originPx: number;
  readonly fromPx: number;
  readonly toPx: number;
  readonly nowMs: number;
  /** `now`, `at` an earlier moment, or `ended`. */
  readonly nowWord: string;
}

/** The scale at the top. Whoever clicks on it looks at that moment. */
export function Axis({ scale, originPx, fromPx, toPx, nowMs, nowWord }: Props): ReactElement {
  const moments = useBoard((board) => board.moments);
  const goTo = useBoard((board) => board.goTo);
  const nowPx = scale.x(nowMs);
  return (
    <div
      {...{ className: 'tl-axis', role: 'presentation', title: t('Look at this moment') }}
      onClick={(event) => {
        const x = event.clientX - event.currentTarget.getBoundingClientRect().left - originPx;
        if (x >= 0) goTo(moments.momentAt(scale.msAt(x)));
      }}
    >
      <div className="tl-corner" style={{ width: originPx - TICK_PX }} />
      {brokenMarks(scale, fromPx, toPx).map((ms) => (
        <span
          key={ms}
          className="tl-tick num"
          style={{ left: originPx + scale.x(ms) }}
          hidden={Math.abs(scale.x(ms) - nowPx) < NEAR_PX || scale.x(ms) + TICK_PX > toPx}
        >
          {runTime(ms)}
        </span>
      ))}
      {scale.breaks.map((each) => (
        <span
          key={each.quiet.fromMs}
          {...{ className: 'tl-cut', title: breakWords(each) }}
          style={{ left: originPx + (each.fromPx + each.toPx) / 2 }}
        >
          <span aria-hidden="true">{'//'}</span>
          <span className="unseen">{breakWords(each)}</span>
        </span>
      ))}
      <span className="tl-now num" style={{ left: originPx + Math.max(nowPx, 44) }}>
        {nowWord} {runTime(nowMs)}
      </span>
    </div>
  );
}
