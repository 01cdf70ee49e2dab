import { useId, useMemo, useState, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { streamStatuses, type StreamStatus } from '../../core/projections/streams.ts';
import { host } from '../host.ts';
import { Bar } from '../parts/Bar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useBoard } from '../store.ts';
import { factWords, type StreamFact } from '../streams/stream-facts.ts';
import { barTone, streamIcon, streamLook } from '../streams/stream-looks.ts';
import { useStreamFacts } from '../streams/use-stream-facts.ts';

/** The lanes of work that people follow, in the order of the plan; the title leads to all of them. */
export function StreamsSection({ chronicle }: { chronicle: Chronicle }): ReactElement | null {
  const streams = useMemo(() => streamStatuses(chronicle), [chronicle]);
  const facts = useStreamFacts(chronicle);
  if (streams.length === 0) return null;
  return (
    <Section
      title={t('Streams')}
      onTitle={() => host.act({ do: 'show', show: { view: 'streams' } })}
    >
      <ul className="sidebar-list">
        {streams.map((stream) => (
          <Stream key={stream.id} stream={stream} facts={facts.get(stream.id) ?? []} />
        ))}
      </ul>
    </Section>
  );
}

/** Three lines of each; a click on it shows what else is known. */
function Stream(props: { stream: StreamStatus; facts: readonly StreamFact[] }): ReactElement {
  const { stream, facts } = props;
  const { id, title, percent, shape, says } = stream;
  const [open, setOpen] = useState(false);
  const more = useId();
  const { icon, tone, spin } = streamLook(shape);
  // What was at work when the driver ended is not at work now.
  const driven = useBoard((board) => board.driver !== 'nobody');
  return (
    <li className="sidebar-row sidebar-link-row">
      <Icon name={streamIcon(id)} tone="muted" size={14} />
      {facts.length === 0 ? (
        <span className="ellipsis" title={title}>
          {title}
        </span>
      ) : (
        <button
          {...{ type: 'button', className: 'sidebar-row-link ellipsis' }}
          {...{ 'aria-expanded': open, 'aria-controls': more }}
          title={
            open ? title : facts.map(({ name, says }) => `${factWords()[name]}: ${says}`).join('\n')
          }
          onClick={() => setOpen(!open)}
        >
          {title}
        </button>
      )}
      <span className="small muted num">{percent}%</span>
      <span className="sidebar-second row gap-4">
        <Icon {...{ name: icon, tone, spin: spin && driven, size: 12 }} />
        <span className="ellipsis" title={says}>
          {says}
        </span>
      </span>
      <Bar percent={percent} tone={barTone(shape)} label={`${title}: ${says}`} />
      {open && facts.length > 0 && (
        <dl id={more} className="sidebar-facts small">
          {facts.map(({ name, says: text }) => (
            <div key={name}>
              <dt>{factWords()[name]}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
