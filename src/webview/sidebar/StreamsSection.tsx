import { useMemo, type ReactElement } from 'react';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { streamLine, streamProgress } from '../../core/projections/stream-progress.ts';
import { streamStatuses, type StreamStatus } from '../../core/projections/streams.ts';
import { Bar } from '../parts/Bar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { Section } from '../parts/Section.tsx';
import { useBoard } from '../store.ts';

/** The lanes of work that people follow, in the order of the plan. */
export function StreamsSection({ chronicle }: { chronicle: Chronicle }): ReactElement | null {
  const streams = useMemo(() => streamStatuses(chronicle), [chronicle]);
  const lines = useMemo(() => linesOf(chronicle), [chronicle]);
  if (streams.length === 0) return null;
  return (
    <Section title="Streams">
      <ul className="sidebar-list">
        {streams.map((stream) => (
          <Stream key={stream.id} stream={stream} line={lines.get(stream.id) ?? ''} />
        ))}
      </ul>
    </Section>
  );
}

/** What it is at, waits for and does next, when it is done and how long nobody worked on it. */
const linesOf = (chronicle: Chronicle): ReadonlyMap<string, string> =>
  new Map(streamProgress(chronicle, chronicle.state.at).map((each) => [each.id, streamLine(each)]));

function Stream({ stream, line }: { stream: StreamStatus; line: string }): ReactElement {
  const { id, title, percent, shape, says } = stream;
  const { icon, tone, spin } = looks[shape];
  // What was at work when the driver ended is not at work now.
  const driven = useBoard((board) => board.driver !== 'nobody');
  return (
    <li className="sidebar-row">
      <Icon name={streamIcons[id] ?? 'layers'} tone="muted" size={14} />
      <span className="ellipsis" title={`${title}: ${line}`}>
        {title}
      </span>
      <span className="small muted num">{percent}%</span>
      <span className="sidebar-second row gap-4">
        <Icon {...{ name: icon, tone, spin: spin && driven, size: 12 }} />
        <span className="ellipsis" title={says}>
          {says}
        </span>
      </span>
      <Bar percent={percent} tone={barTone(shape)} label={`${title}: ${says}`} />
    </li>
  );
}

function barTone(shape: StreamStatus['shape']): 'run' | 'review' | 'plain' | 'muted' {
  switch (looks[shape].tone) {
    case 'run':
      return 'run';
    case 'review':
      return 'review';
    case 'plain':
    case 'you':
      return 'plain';
    case 'pass':
    case 'fail':
    case 'revise':
    case 'muted':
      return 'muted';
  }
}

/** Lanes that many plans have by these names. */
const streamIcons: Readonly<Record<string, string | undefined>> = {
  frontend: 'symbol-structure',
  backend: 'server-process',
  tooling: 'terminal',
  docs: 'book',
  documentation: 'book',
  testing: 'beaker',
  tests: 'beaker',
  security: 'shield',
  data: 'database',
  infrastructure: 'server-environment',
};
