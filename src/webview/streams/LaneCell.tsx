import { memo, type ReactElement } from 'react';
import { MarkShape } from '../time/MarkShape.tsx';
import type { Cell } from './cells.ts';
import type { Scale } from './scale.ts';

const SEAL_PX = 11;
const MARK_PX = 18;
/** A label that does not fit is cut where so much of it is seen, else left out. */
const CUT_LABEL_PX = 100;
const CHAR_PX = 6;
const PAD_PX = 14;

const fits = (label: string, width: number): boolean =>
  label !== '' && (width >= CUT_LABEL_PX || width >= label.length * CHAR_PX + PAD_PX);

/** How much of each cell's beginning is covered by a mark or a seal that stands there, by place. */
export function covered(cells: readonly Cell[], scale: Scale): number[] {
  const ends = cells.flatMap(({ look, mark, fromMs }) => {
    if (mark !== null) return [{ at: scale.x(fromMs), px: scale.x(fromMs) + MARK_PX / 2 }];
    const isSeal = look === 'sealed' || look === 'abandoned';
    return isSeal ? [{ at: scale.x(fromMs), px: scale.x(fromMs) + SEAL_PX + 2 }] : [];
  });
  return cells.map(({ fromMs, label }) => {
    if (label === '') return 0;
    const x = scale.x(fromMs);
    return ends.reduce((most, { at, px }) => (at <= x + 2 ? Math.max(most, px - x) : most), 0);
  });
}

/** How much of each cell is left for its label before a mark stands on it, by place. */
export function labelRooms(cells: readonly Cell[], scale: Scale): number[] {
  const marks = cells.flatMap(({ mark, fromMs }) => (mark === null ? [] : [scale.x(fromMs)]));
  return cells.map(({ fromMs, label }) => {
    if (label === '') return Infinity;
    const x = scale.x(fromMs);
    const next = marks.find((at) => at > x + 2);
    return next === undefined ? Infinity : next - MARK_PX / 2 - x;
  });
}

interface Props {
  readonly name: string;
  readonly cell: Cell;
  readonly scale: Scale;
  /** How much of its beginning a mark or a seal covers. */
  readonly coveredPx: number;
  /** From its beginning to the next mark. */
  readonly roomPx: number;
  /** The first pixel of time in the row. */
  readonly originPx: number;
}

/** A stretch or a mark of a lane, with its words for whoever points at it, reaches it by keys or hears it. */
export const LaneCell = memo(function LaneCell({
  name,
  cell,
  scale,
  coveredPx,
  roomPx,
  originPx,
}: Props): ReactElement {
  const { look, mark, fromMs, toMs, label, says, stoodMs } = cell;
  const x = originPx + scale.x(fromMs);
  const words = [name, ...says];
  const common = {
    role: 'gridcell',
    tabIndex: -1,
    'aria-label': words.join(', '),
    'data-tip': words.join('\n'),
  };
  if (mark !== null) {
    return (
      <span
        {...common}
        className={`tl-mark tl-mark-${mark}`}
        style={{ left: x - MARK_PX / 2, width: MARK_PX }}
      >
        <svg width={MARK_PX} height={MARK_PX} viewBox="-9 -9 18 18" aria-hidden="true">
          {(mark === 'fail' || mark === 'pass') && (
            <rect className="tl-mark-box" x="-8.5" y="-8.5" width="17" height="17" rx="3" />
          )}
          <g transform={mark === 'revise' || mark === 'amend' ? 'scale(1.7)' : ''}>
            <MarkShape kind={mark} />
          </g>
        </svg>
      </span>
    );
  }
  if (look === 'sealed' || look === 'abandoned') {
    const standsPx = stoodMs === null ? 0 : scale.x(stoodMs) - scale.x(fromMs);
    return (
      <>
        {standsPx > SEAL_PX + 8 && (
          <span
            className="tl-stood"
            role="presentation"
            style={{ left: x + SEAL_PX, width: standsPx - SEAL_PX }}
          />
        )}
        <span {...common} className={`tl-${look}`} style={{ left: x + 1, width: SEAL_PX }} />
      </>
    );
  }
  const width = Math.max(2, scale.x(toMs) - scale.x(fromMs));
  const room = Math.min(width, roomPx) - coveredPx;
  const style = {
    ...(coveredPx > 0 ? { marginLeft: coveredPx } : {}),
    ...(roomPx < width ? { maxWidth: room } : {}),
  };
  return (
    <span {...common} className={`tl-seg tl-${look}`} style={{ left: x, width }}>
      {fits(label, room) && (
        <span className="tl-label" aria-hidden="true" style={style}>
          {label}
        </span>
      )}
    </span>
  );
});
