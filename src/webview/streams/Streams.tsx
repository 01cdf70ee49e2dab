import { memo, useMemo, useRef, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { estimateEnd, modulesExpected } from '../../core/projections/eta.ts';
import { lengthOf, longQuiets } from '../../core/projections/quiet.ts';
import { streamProgress, type StreamProgress } from '../../core/projections/stream-progress.ts';
import { streamStatuses, type StreamStatus } from '../../core/projections/streams.ts';
import { runElapsedMs } from '../../core/projections/timeline.ts';
import { Bar } from '../parts/Bar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { useDriven } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { PoolLine } from './PoolLine.tsx';
import { steadyLength } from './scale.ts';
import { Sequential } from './Sequential.tsx';
import { factWords, streamFacts, type StreamFact } from './stream-facts.ts';
import { barTone, streamIcon } from './stream-looks.ts';
import './Streams.css';
import { Timeline } from './Timeline.tsx';
import { useBox } from './use-box.ts';
import { useCalm } from './use-calm.ts';
import { useShownTime } from './use-shown-time.ts';

/** The course of every stream over time, what it does, waits for and does next, and the pools. */
export function Streams(): ReactElement | null {
  const chronicle = useBoard((state) => state.chronicle);
  const isPast = useBoard((board) => board.moment !== null);
  const modules = chronicle?.state.modules.length ?? 0;
  const calm = useCalm(chronicle, isPast || modules < MANY ? 0 : CALM_MS);
  return calm === null ? null : <Course chronicle={calm} />;
}

/** Of so many modules nobody follows each change at once. */
const MANY = 200;
const CALM_MS = 250;
/** What stands below the time line at once. */
const BELOW_PX = 196;
const LEAST_PX = 300;
const UNSEEN = { left: 0, top: 0, width: 1_200, height: 740 };

interface CourseProps {
  readonly chronicle: Chronicle;
}

const Course = memo(function Course({ chronicle }: CourseProps): ReactElement {
  const main = useRef<HTMLElement>(null);
  const { height } = useBox(main, UNSEEN);
  const at = useShownTime(chronicle, chronicle.state.modules.length < MANY ? 1_000 : 5_000);
  const streams = useMemo(() => streamStatuses(chronicle), [chronicle]);
  const progress = useMemo(() => streamProgress(chronicle, at), [chronicle, at]);
  const eta = useMemo(() => estimateEnd(chronicle, at), [chronicle, at]);
  const expected = useMemo(() => modulesExpected(chronicle, at), [chronicle, at]);
  const moments = useBoard((board) => board.moments);
  const isPast = useBoard((board) => board.moment !== null);
  const { state } = chronicle;
  const isOver = state.phase.at === 'finished';
  const nowMs = runElapsedMs(state, at);
  const shown = useMemo(
    () => ({ chronicle, at, nowMs, expected }),
    [chronicle, at, nowMs, expected],
  );
  const ahead = eta.known ? Math.max(eta.fromMs, eta.toMs ?? 0) : 0;
  const latest = (expected ?? []).reduce((most, { endsMs }) => Math.max(most, endsMs), ahead);
  // Who goes back sees the same length, so that nothing shrinks or grows on the way.
  const lastMs = moments.times.at(-1) ?? 0;
  const quiets = useMemo(
    () => longQuiets(moments, Math.max(nowMs, lastMs)),
    [moments, nowMs, lastMs],
  );
  const shortMs = quiets.reduce((sum, quiet) => sum + lengthOf(quiet), 0);
  const totalMs = shortMs + steadyLength(Math.max(nowMs + latest, lastMs) - shortMs);
  return (
    <main ref={main} className="streams scrolls" aria-label={t('Streams')}>
      {streams.length === 0 && (
        <p className="muted">
          {t(
            'The plan names no streams. A stream is a lane of work that people follow; give each module one by',
          )}{' '}
          <span className="mono">{t('stream')}</span>.
        </p>
      )}
      <Timeline
        key={state.run}
        {...{ shown, eta, totalMs, quiets, streams, progress }}
        nowWord={isPast ? t('at') : isOver ? t('ended') : t('now')}
        mostPx={Math.max(LEAST_PX, height - BELOW_PX)}
      />
      <Sequential {...{ shown, eta }} />
      {!isOver && <PoolLine chronicle={chronicle} />}
      {streams.length > 0 && <StreamTable {...{ streams, progress }} />}
    </main>
  );
});

const columns: readonly StreamFact['name'][] = ['Now', 'Waits for', 'Held', 'Next', 'ETA', 'Idle'];

interface TableProps {
  readonly streams: readonly StreamStatus[];
  readonly progress: readonly StreamProgress[];
}

function StreamTable({ streams, progress }: TableProps): ReactElement {
  const facts = new Map(progress.map((each) => [each.id, streamFacts(each)]));
  return (
    <table className="table stream-table" aria-label={t('Streams')}>
      <thead>
        <tr>
          <th scope="col">{t('Stream')}</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {factWords()[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <Row key={stream.id} stream={stream} facts={facts.get(stream.id) ?? []} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { stream: StreamStatus; facts: readonly StreamFact[] }): ReactElement {
  const { id, title, percent, shape, says } = props.stream;
  const { icon, tone, spin } = looks[shape];
  // What was at work when the driver ended is not at work now.
  const driven = useDriven();
  return (
    <tr>
      <th scope="row">
        <div className="row gap-6">
          <Icon name={streamIcon(id)} tone="muted" size={14} />
          <span className="ellipsis" title={title}>
            {title}
          </span>
          <span className="spacer" />
          <span className="small muted num nowrap stream-percent">{percent}%</span>
        </div>
        <div className="stream-says small">
          <Icon {...{ name: icon, tone, spin: spin && driven, size: 12 }} />
          <span>{says}</span>
        </div>
        <Bar percent={percent} tone={barTone(shape)} label={`${title}: ${says}`} />
      </th>
      {columns.map((column) => {
        const fact = props.facts.find(({ name }) => name === column);
        return (
          <td key={column} data-name={column} className={fact === undefined ? 'stream-none' : ''}>
            {fact?.says ?? <span className="muted">–</span>}
          </td>
        );
      })}
    </tr>
  );
}
