import type { ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import type { StreamStatus } from '../../core/projections/streams.ts';
import { Icon } from '../parts/Icon.tsx';
import { GATES, type LaneRow } from './rows.ts';
import { streamIcon } from './stream-looks.ts';

interface Props {
  readonly row: LaneRow;
  /** undefined for what is no stream. */
  readonly status: StreamStatus | undefined;
  /** When it may be done, on the run's own clock; '' where nobody can know. */
  readonly ends: string;
  /** All that is known of it, a line each. */
  readonly facts: readonly string[];
}

const LINE_PX = 18;

/** A stream's name, how far it is, what it does and when it may be done: as much as there is room for. */
export function StreamHead({ row, status, ends, facts }: Props): ReactElement {
  const { group, name, folded, height } = row;
  const icon = group.id === GATES ? 'milestone' : streamIcon(group.id);
  const room = height - 12;
  const says = status?.says ?? '';
  const showsSays = room >= 2 * LINE_PX && says !== '';
  const showsEnd = room >= 3 * LINE_PX && ends !== '';
  const alone = folded || group.nodes.length === 1;
  return (
    <div
      {...{ className: `tl-head ${alone ? 'tl-head-alone' : ''}`, role: 'rowheader' }}
      aria-label={[name, status === undefined ? '' : `${status.percent} %`, says, ...facts]
        .filter((each) => each !== '')
        .join(', ')}
      data-tip={[name, says, ...facts].filter((each) => each !== '').join('\n')}
    >
      <div className="tl-head-words">
        <div className="tl-head-name">
          <Icon name={folded ? 'chevron-right' : 'chevron-down'} tone="muted" size={12} />
          <Icon name={icon} tone="muted" size={14} />
          <b className="ellipsis">{name}</b>
          <span className="spacer" />
          {status !== undefined && <span className="small muted num">{status.percent}%</span>}
        </div>
        {showsSays && <div className="tl-head-line ellipsis">{says}</div>}
        {showsEnd && <div className="tl-head-line muted num ellipsis">{rich('ETA {0}', ends)}</div>}
      </div>
    </div>
  );
}
