import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactElement,
} from 'react';
import { t } from '../../core/language.ts';
import { runTime } from '../../core/projections/figures.ts';
import { useBoard } from '../store.ts';
import { isUpper, placedMarks, workPath, type PlacedMark } from './course.ts';
import { markPath } from './MarkShape.tsx';
import type { MarkKind } from './marks.ts';
import type { Moments } from './moments.ts';
import { scaleMarks } from './time-scale.ts';
import { momentWords } from './moment-words.ts';

const HEIGHT = 48;
/** The line of time. */
const LINE_Y = 34;
const WORK_PX = 20;
const rowY = (kind: MarkKind): number => (isUpper(kind) ? 7 : 24);
/** Room for the thumb at both ends. */
const INSET = 8;

interface Props {
  readonly moments: Moments;
  readonly length: number;
  readonly at: number;
  readonly totalMs: number;
  readonly isLive: boolean;
  /** Whoever takes the thumb stops a replay. */
  readonly stop: () => void;
}

/** A slider over the run's own clock; keys go by event. */
export function Slider({ moments, length, at, totalMs, isLive, stop }: Props): ReactElement {
  const goTo = useBoard((board) => board.goTo);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const inner = Math.max(0, width - 2 * INSET);
  const xOfMs = useCallback(
    (ms: number) => (totalMs <= 0 ? 0 : (Math.min(ms, totalMs) / totalMs) * inner),
    [totalMs, inner],
  );
  const thumbMs = isLive ? totalMs : (moments.times[at - 1] ?? 0);
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1 || inner <= 0) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - INSET;
    stop();
    // At the very end is the present, also where nothing has happened for a while.
    goTo(x >= inner - 2 ? null : moments.momentAt((Math.max(0, x) / inner) * totalMs));
  };
  const says = isLive ? t('live') : momentWords(moments, at);
  return (
    <div
      ref={box}
      {...{ className: 'time-slider', role: 'slider', tabIndex: 0 }}
      {...{ 'aria-label': t('Moment of the run'), 'aria-valuemin': 1, 'aria-valuemax': length }}
      {...{ 'aria-valuenow': at, 'aria-valuetext': `${runTime(thumbMs)}, ${says}` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
    >
      <svg width={width} height={HEIGHT} aria-hidden="true">
        <g transform={`translate(${INSET} 0)`}>
          <Course {...{ moments, length, totalMs, inner, xOfMs }} />
          <path className="time-line" d={`M0 ${LINE_Y}H${inner}`} />
          <path className="time-past" d={`M0 ${LINE_Y}H${xOfMs(thumbMs)}`} />
          <circle className="time-thumb" cx={xOfMs(thumbMs)} cy={LINE_Y} r={6} />
        </g>
      </svg>
    </div>
  );
}

interface CourseProps {
  readonly moments: Moments;
  readonly length: number;
  readonly totalMs: number;
  readonly inner: number;
  readonly xOfMs: (ms: number) => number;
}

/** What does not change while the thumb moves. */
function Course({ moments, length, totalMs, inner, xOfMs }: CourseProps): ReactElement {
  return useMemo(() => {
    const xOf = (moment: number): number => xOfMs(moments.times[moment - 1] ?? 0);
    const room = { width: inner, baseY: LINE_Y, heightPx: WORK_PX };
    return (
      <>
        <path className="time-work" d={workPath(moments.busy, xOf, room)} />
        {scaleMarks(totalMs, inner).map((ms) => (
          <g key={ms} className="time-scale">
            <path d={`M${xOfMs(ms)} ${LINE_Y - 4}V${LINE_Y + 3}`} />
            {(ms === 0 || xOfMs(ms) < inner - 30) && (
              <text x={xOfMs(ms)} y={HEIGHT - 1} textAnchor={ms === 0 ? 'start' : 'middle'}>
                {runTime(ms)}
              </text>
            )}
          </g>
        ))}
        <Marks placed={placedMarks(moments.marks, xOf)} />
      </>
    );
    // The moments grow in place: their number says when to draw them again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [moments, length, totalMs, inner, xOfMs]);
}

/**
 * All marks of one kind as one outline: a mark with a place of its own is composited apart, and a
 * long run has hundreds.
 */
function Marks({ placed }: { readonly placed: readonly PlacedMark[] }): ReactElement {
  const paths = new Map<MarkKind, string>();
  let stems = '';
  for (const { kind, x } of placed) {
    paths.set(kind, `${paths.get(kind) ?? ''}${markPath(kind, x, rowY(kind))}`);
    stems += `M${x} ${rowY(kind) + 4}V${LINE_Y}`;
  }
  return (
    <>
      <path className="time-stem" d={stems} />
      {[...paths].map(([kind, d]) => (
        <path key={kind} className={`mark-${kind}`} d={d} />
      ))}
    </>
  );
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [box]);
  return width;
}
