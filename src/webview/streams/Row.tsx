import { memo, type CSSProperties, type ReactElement } from 'react';
import { plural } from '../../core/language.ts';
import { parseNodeRef } from '../../core/ids.ts';
import { refOf } from '../../core/graph.ts';
import { card } from '../../core/projections/card.ts';
import { runTime } from '../../core/projections/figures.ts';
import type { StreamProgress } from '../../core/projections/stream-progress.ts';
import type { StreamStatus } from '../../core/projections/streams.ts';
import { cellsOf, type Cell, type Shown } from './cells.ts';
import { covered, labelRooms, LaneCell } from './LaneCell.tsx';
import type { LaneRow } from './rows.ts';
import type { Scale } from './scale.ts';
import { factWords, streamFacts } from './stream-facts.ts';
import { StreamHead } from './StreamHead.tsx';

/** Marks of a folded stream nearer than this are drawn as one. */
const NEAR_PX = 20;

interface Props {
  readonly row: LaneRow;
  readonly index: number;
  readonly shown: Shown;
  readonly scale: Scale;
  /** The first pixel of time. */
  readonly originPx: number;
  readonly barPx: number;
  readonly left: number;
  readonly right: number;
  /** All of it is there, for keys to go to. */
  readonly whole: boolean;
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly status: StreamStatus | undefined;
  readonly progress: StreamProgress | undefined;
  readonly openNode: (node: number) => void;
  readonly fold: (id: string, folded: boolean) => void;
}

/** A stream with its name, folded or over its lanes; or the lane of a module, tier or gate. */
export const Row = memo(function Row(props: Props): ReactElement {
  const {
    row,
    index,
    shown,
    scale,
    originPx,
    barPx,
    left,
    right,
    whole,
    isTabStop,
    isSelected,
    openNode,
    fold,
  } = props;
  const { node, key, name, y, height, folded, group } = row;
  const cells = cellsOf(row, shown, NEAR_PX / scale.pxPerMs);
  const coveredPx = covered(cells, scale);
  const roomsPx = labelRooms(cells, scale);
  const isSeen = (cell: Cell): boolean => {
    const until = scale.x(Math.max(cell.toMs, cell.stoodMs ?? 0));
    return until >= left - 20 && scale.x(cell.fromMs) <= right;
  };
  const drawn = cells.map(
    (cell, at) =>
      (whole || isSeen(cell)) && (
        <LaneCell
          key={`${cell.look}${cell.fromMs}:${at}`}
          {...{
            name,
            cell,
            scale,
            coveredPx: coveredPx[at] ?? 0,
            roomPx: roomsPx[at] ?? Infinity,
            originPx,
          }}
        />
      ),
  );
  const common = {
    role: 'row',
    'data-row': key,
    'aria-rowindex': index + 1,
    tabIndex: isTabStop ? 0 : -1,
    style: { top: y, height, '--bar': `${barPx}px` } as CSSProperties,
  };
  if (node === null) {
    const facts = props.progress === undefined ? [] : streamFacts(props.progress);
    const { etaMs = null } = props.progress ?? {};
    return (
      <div
        {...common}
        className={`tl-stream ${folded ? 'tl-folded' : ''}`}
        aria-level={1}
        aria-expanded={!folded}
        onClick={() => fold(group.id, !folded)}
      >
        <StreamHead
          {...{ row, status: props.status }}
          ends={etaMs === null ? '' : runTime(shown.nowMs + etaMs)}
          facts={facts.map((fact) => `${factWords()[fact.name]}: ${fact.says}`)}
        />
        {folded && (
          <div className="tl-count small muted num" role="presentation">
            {plural(group.nodes.length, '{0} lane', '{0} lanes')}
          </div>
        )}
        {drawn}
      </div>
    );
  }
  return (
    <div
      {...common}
      className="tl-lane"
      aria-level={2}
      aria-selected={isSelected}
      onClick={() => openNode(node)}
    >
      <div {...{ className: 'tl-name', role: 'rowheader' }} {...laneWords(shown, node, name)}>
        <span className="ellipsis">{name}</span>
      </div>
      {drawn}
    </div>
  );
});

function laneWords({ chronicle }: Shown, node: number, name: string) {
  const { graph } = chronicle.state;
  if (node >= graph.modules) {
    const { kind, id } = parseNodeRef(refOf(graph, node));
    return { 'aria-label': name, 'data-tip': `${id}\n${kind}` };
  }
  const { word, detail } = card(chronicle, node);
  const says = detail === '' ? [word] : [word, detail];
  return { 'aria-label': [name, ...says].join(', '), 'data-tip': [name, ...says].join('\n') };
}
