import { memo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { minutesText } from '../../core/projections/figures.ts';
import type { Forecast, ForecastBar, ForecastLane } from '../../core/projections/forecast.ts';
import { nodeRef, type ModuleId } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import { barWords } from '../../core/projections/forecast-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { useBoard } from '../store.ts';
import { useBox } from '../streams/use-box.ts';
import { scaleMarks } from '../time/time-scale.ts';
import { preview } from './preview-store.ts';
import './Schedule.css';

/** The names of the streams take this much before the time, as the style sheet has it. */
const NAMES_PX = 132;
/** Beside the last moment. */
const END_PX = 20;
/** The shortest piece of work is drawn at least as wide, up to a drawing of this width. */
const LEAST_BAR_PX = 26;
const WIDEST_PX = 12_000;
const MINUTE_MS = 60_000;

/** When a run would work on what: a lane a stream, the critical path marked. */
export function Schedule({ forecast }: { readonly forecast: Forecast }): ReactElement {
  const area = useRef<HTMLDivElement>(null);
  const { width } = useBox(area, { left: 0, top: 0, width: 700, height: 200 });
  const { minutes, lanes } = forecast;
  const timePx = widthOf(forecast, width - NAMES_PX - END_PX);
  const xOf = (at: number): number => (minutes === 0 ? 0 : (at / minutes) * timePx);
  const first = lanes[0]?.rows[0]?.[0]?.module;
  return (
    <section className="schedule" aria-label={t('Predicted schedule')}>
      <div className="schedule-head">
        <h2>{t('Predicted schedule')}</h2>
        <Legend />
      </div>
      <div className="schedule-area" ref={area} onKeyDown={onKeyDown}>
        <div className="schedule-content" style={{ width: NAMES_PX + timePx + END_PX }}>
          <div className="schedule-axis" aria-hidden="true">
            {scaleMarks(minutes * MINUTE_MS, timePx, 70).map((ms) => (
              <span key={ms} className="num" style={{ left: NAMES_PX + xOf(ms / MINUTE_MS) }}>
                {minutesText(ms / MINUTE_MS)}
              </span>
            ))}
          </div>
          {lanes.map((lane) => (
            <Lane
              key={lane.stream}
              {...{ lane, first, scale: minutes === 0 ? 0 : timePx / minutes }}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

function widthOf({ minutes, lanes }: Forecast, roomPx: number): number {
  const room = Math.max(120, roomPx);
  const all = lanes.flatMap(({ rows }) => rows.flat());
  const shortest = all.reduce((least, { start, end }) => Math.min(least, end - start), Infinity);
  if (!(shortest > 0) || minutes === 0) return room;
  return Math.max(room, Math.min(WIDEST_PX, (minutes / shortest) * LEAST_BAR_PX));
}

const Lane = memo(function Lane(props: {
  readonly lane: ForecastLane;
  /** Pixels a minute. */
  readonly scale: number;
  /** Where Tab goes into the schedule. */
  readonly first: ModuleId | undefined;
}) {
  const { lane, scale, first } = props;
  const title = oneLine(lane.title, 60);
  return (
    <div className="schedule-lane" role="group" aria-label={title}>
      <div className="schedule-name ellipsis" title={title} aria-hidden="true">
        {title}
      </div>
      <div className="schedule-rows">
        {lane.rows.map((row) => (
          <div key={row[0]?.module} className="schedule-row">
            {row.map((bar) => (
              <Bar key={bar.module} {...{ bar, scale, first: bar.module === first }} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
});

function Bar(props: {
  readonly bar: ForecastBar;
  readonly scale: number;
  readonly first: boolean;
}) {
  const { bar, scale, first } = props;
  const { module, start, end, stretches, isCritical } = bar;
  const selected = useBoard((state) => state.selected === module);
  const select = useBoard((state) => state.select);
  const says = barWords(bar);
  const className = `schedule-bar ${isCritical ? 'schedule-critical' : ''} ${selected ? 'schedule-selected' : ''}`;
  return (
    <button
      {...{ type: 'button', className, title: says, 'aria-label': says, 'aria-pressed': selected }}
      style={{ left: NAMES_PX + start * scale, width: Math.max(4, (end - start) * scale) }}
      tabIndex={first || selected ? 0 : -1}
      onClick={() => {
        select(module);
        preview.reveal(nodeRef('module', module));
      }}
    >
      {stretches.map((stretch) => (
        <span
          key={stretch.start}
          className={`schedule-${stretch.work}`}
          style={{
            left: (stretch.start - start) * scale,
            width: Math.max(2, (stretch.end - stretch.start) * scale),
          }}
        />
      ))}
      <span className="schedule-label">{module}</span>
    </button>
  );
}

/** Left and right along a row, up and down between rows, to what is nearest in time. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || !target.classList.contains('schedule-bar')) return;
  const rows = [...currentTarget.querySelectorAll('.schedule-row')];
  const row = rows.findIndex((each) => each.contains(target));
  const barsOf = (at: number): HTMLElement[] => [
    ...(rows[at]?.querySelectorAll<HTMLElement>('.schedule-bar') ?? []),
  ];
  const at = barsOf(row).indexOf(target);
  const near = (to: number): HTMLElement | undefined => {
    const left = (bar: HTMLElement): number =>
      Math.abs(parseFloat(bar.style.left) - parseFloat(target.style.left));
    return barsOf(to).sort((a, b) => left(a) - left(b))[0];
  };
  const next = {
    ArrowRight: () => barsOf(row)[at + 1],
    ArrowLeft: () => barsOf(row)[at - 1],
    ArrowDown: () => near(row + 1),
    ArrowUp: () => near(row - 1),
  }[key];
  if (next === undefined) return;
  next()?.focus();
  event.preventDefault();
}

function Legend() {
  return (
    <div className="schedule-legend small" aria-label={t('Legend of the schedule')}>
      <span>
        <i className="schedule-build" /> {t('built')}
      </span>
      <span>
        <i className="schedule-review" /> {t('judged')}
      </span>
      <span>
        <i className="schedule-path" /> {t('critical path')}
      </span>
    </div>
  );
}
