import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactElement,
} from 'react';
import { t } from '../../core/language.ts';
import { runTime } from '../../core/projections/figures.ts';
import { longQuiets } from '../../core/projections/quiet.ts';
import { useBoard } from '../store.ts';
import { breakWords, brokenMarks, brokenScale, type BrokenScale } from './broken-scale.ts';
import { isUpper, placedMarks, workPath, type PlacedMark } from './course.ts';
import { markPath } from './MarkShape.tsx';
import type { MarkKind } from './marks.ts';
import type { Moments } from './moments.ts';
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
  const scale = useScale(moments, length, totalMs, inner);
  const told = useId();
  const thumbMs = isLive ? totalMs : (moments.times[at - 1] ?? 0);
  const thumbPx = scale.x(Math.min(thumbMs, totalMs));
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1 || inner <= 0) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - INSET;
    stop();
    // At the very end is the present, also where nothing has happened for a while.
    goTo(x >= inner - 2 ? null : moments.momentAt(scale.msAt(Math.max(0, x))));
  };
  const says = isLive ? t('live') : momentWords(moments, at);
  return (
    <div
      ref={box}
      {...{ className: 'time-slider', role: 'slider', tabIndex: 0 }}
      {...{ 'aria-label': t('Moment of the run'), 'aria-valuemin': 1, 'aria-valuemax': length }}
      {...{ 'aria-valuenow': at, 'aria-valuetext': `${runTime(thumbMs)}, ${says}` }}
      aria-describedby={told}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
    >
      <svg width={width} height={HEIGHT} aria-hidden="true">
        <g transform={`translate(${INSET} 0)`}>
          <Course {...{ moments, length, inner, scale }} />
          <path className="time-line" d={`M0 ${LINE_Y}H${inner}`} />
          <path className="time-past" d={`M0 ${LINE_Y}H${thumbPx}`} />
          <Breaks scale={scale} />
          <circle className="time-thumb" cx={thumbPx} cy={LINE_Y} r={6} />
        </g>
      </svg>
      <span id={told} className="unseen">
        {scale.breaks.map(breakWords).join('. ')}
      </span>
    </div>
  );
}

/** Long waits are drawn short: a run would be nothing beside the night in which nobody answered it. */
function useScale(moments: Moments, length: number, totalMs: number, inner: number): BrokenScale {
  return useMemo(
    () => brokenScale(totalMs, inner, longQuiets(moments, totalMs)),
    // The moments grow in place: their number says when they are others.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [moments, length, totalMs, inner],
  );
}

/** Where the line is broken off, and goes on later. */
function Breaks({ scale }: { readonly scale: BrokenScale }): ReactElement {
  return (
    <>
      {scale.breaks.map((each) => {
        const x = (each.fromPx + each.toPx) / 2;
        return (
          <g key={each.quiet.fromMs} className="time-break">
            <title>{breakWords(each)}</title>
            <rect x={each.fromPx} y={0} width={each.toPx - each.fromPx} height={HEIGHT} />
            <path d={`M${x - 6} ${LINE_Y + 6}l5 -12h7l-5 12Z`} />
            <path
              className="time-cut"
              d={`M${x - 6} ${LINE_Y + 6}l5 -12M${x + 1} ${LINE_Y + 6}l5 -12`}
            />
          </g>
        );
      })}
    </>
  );
}

interface CourseProps {
  readonly moments: Moments;
  readonly length: number;
  readonly inner: number;
  readonly scale: BrokenScale;
}

/** What does not change while the thumb moves. */
function Course({ moments, length, inner, scale }: CourseProps): ReactElement {
  return useMemo(() => {
    const xOf = (moment: number): number => scale.x(moments.times[moment - 1] ?? 0);
    const room = { width: inner, baseY: LINE_Y, heightPx: WORK_PX };
    return (
      <>
        <path className="time-work" d={workPath(moments, scale, room)} />
        {brokenMarks(scale, 0, inner).map((ms) => (
          <g key={ms} className="time-scale">
            <path d={`M${scale.x(ms)} ${LINE_Y - 4}V${LINE_Y + 3}`} />
            {(ms === 0 || scale.x(ms) < inner - 30) && (
              <text x={scale.x(ms)} y={HEIGHT - 1} textAnchor={ms === 0 ? 'start' : 'middle'}>
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
  }, [moments, length, inner, scale]);
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
