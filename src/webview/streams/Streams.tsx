import { useMemo, type ReactElement } from 'react';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { streamStatuses, type StreamStatus } from '../../core/projections/streams.ts';
import { Bar } from '../parts/Bar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { useDriven } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { PoolList } from './PoolList.tsx';
import type { StreamFact } from './stream-facts.ts';
import { barTone, streamIcon } from './stream-looks.ts';
import './Streams.css';
import { useStreamFacts } from './use-stream-facts.ts';

/** Every stream with what it does, waits for and does next, and the pools that work on them. */
export function Streams(): ReactElement | null {
  const chronicle = useBoard((state) => state.chronicle);
  if (chronicle === null) return null;
  return (
    <main className="streams scrolls" aria-label="Streams">
      <StreamTable chronicle={chronicle} />
      {chronicle.state.phase.at !== 'finished' && (
        <section aria-label="Pools">
          <h2>Pools</h2>
          <PoolList state={chronicle.state} />
        </section>
      )}
    </main>
  );
}

const columns: readonly StreamFact['name'][] = ['Now', 'Waits for', 'Held', 'Next', 'ETA', 'Idle'];

function StreamTable({ chronicle }: { chronicle: Chronicle }): ReactElement {
  const streams = useMemo(() => streamStatuses(chronicle), [chronicle]);
  const facts = useStreamFacts(chronicle);
  if (streams.length === 0) {
    return (
      <p className="muted">
        The plan names no streams. A stream is a lane of work that people follow; give each module
        one by <span className="mono">stream</span>.
      </p>
    );
  }
  return (
    <table className="table stream-table" aria-label="Streams">
      <thead>
        <tr>
          <th scope="col">Stream</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
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
