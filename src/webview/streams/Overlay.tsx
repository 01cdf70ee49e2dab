import { memo, useMemo, type ReactElement } from 'react';
import { arrowsTo, type LaneArrow } from '../../core/projections/lane-arrows.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { PathRule } from '../../core/projections/lane-path.ts';
import type { Rows } from './rows.ts';
import type { Scale } from './scale.ts';

/** What is drawn of the time line, in its own pixels. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Props {
  readonly chronicle: Chronicle;
  readonly rows: Rows;
  /** Nodes whose lanes are in sight. */
  readonly nodes: readonly number[];
  readonly scale: Scale;
  readonly window: Window;
  readonly path: readonly PathRule[];
  readonly barPx: number;
  readonly nowPx: number | null;
}

/** More than these from one lane would be a wall of lines. */
const MOST_DEPENDENTS = 60;
const SEAL_PX = 12;
const TRUNK_PX = 16;

/** What goes between lanes: handoffs, the critical path, and the line of now. */
export const Overlay = memo(function Overlay(props: Props): ReactElement {
  const { chronicle, rows, nodes, scale, window, path, barPx, nowPx } = props;
  const arrows = useMemo(() => arrowsFor(chronicle, rows, nodes), [chronicle, rows, nodes]);
  const { left, top, width, height } = window;
  return (
    <svg
      className="tl-overlay"
      style={{ left, top }}
      {...{ width, height, viewBox: `${left} ${top} ${width} ${height}`, 'aria-hidden': true }}
    >
      {arrows.map((arrow) => (
        <Arrow
          key={`${arrow.kind}${arrow.from}>${arrow.to}@${arrow.atMs}`}
          {...{ arrow, rows, scale, barPx }}
        />
      ))}
      <Path {...{ path, rows, scale, barPx }} />
      {nowPx !== null && <path className="tl-now-line" d={`M${nowPx} 0V${rows.height}`} />}
    </svg>
  );
});

function arrowsFor(chronicle: Chronicle, rows: Rows, nodes: readonly number[]): LaneArrow[] {
  const { graph } = chronicle.state;
  const consumers = new Set(nodes);
  for (const node of nodes) {
    const to = [...(graph.dependents[node] ?? []), ...(graph.softDependents[node] ?? [])];
    for (const each of to.slice(0, MOST_DEPENDENTS)) {
      if (rows.middles.has(each)) consumers.add(each);
    }
  }
  return [...consumers]
    .flatMap((node) => arrowsTo(chronicle, node))
    .filter(({ from, to }) => rows.middles.has(from) && rows.middles.has(to));
}

function Arrow(props: {
  readonly arrow: LaneArrow;
  readonly rows: Rows;
  readonly scale: Scale;
  readonly barPx: number;
}): ReactElement | null {
  const { arrow, rows, scale, barPx } = props;
  const [y1, y2] = [rows.middles.get(arrow.from), rows.middles.get(arrow.to)];
  if (y1 === undefined || y2 === undefined) return null;
  const x0 = scale.x(arrow.atMs) + (arrow.kind === 'seal' ? SEAL_PX : 0);
  const x = scale.x(arrow.atMs) + TRUNK_PX;
  const down = y2 > y1 ? 1 : -1;
  const tip = y2 - down * (barPx / 2 + 1);
  return (
    <g className={`tl-arrow tl-arrow-${arrow.kind}`}>
      <path d={`M${x0} ${y1}H${x}V${tip - down * 5}`} />
      <path
        className="tl-arrow-head"
        d={`M${x - 4} ${tip - down * 6}l4 ${down * 6}l4 ${-down * 6}z`}
      />
    </g>
  );
}

function Path(props: {
  readonly path: readonly PathRule[];
  readonly rows: Rows;
  readonly scale: Scale;
  readonly barPx: number;
}): ReactElement {
  const { path, rows, scale, barPx } = props;
  const drawn = path.flatMap(({ node, fromMs, toMs }) => {
    const middle = rows.middles.get(node);
    if (middle === undefined) return [];
    return [{ y: middle + barPx / 2 + 4, from: scale.x(fromMs), to: scale.x(toMs) }];
  });
  const rules = drawn.map(({ y, from, to }) => `M${from} ${y}H${Math.max(to, from + 2)}`);
  const joints = drawn.flatMap(({ y, from }, at) => {
    const before = drawn[at - 1];
    return before === undefined || before.y === y ? [] : [`M${from} ${before.y}V${y}`];
  });
  return (
    <g className="tl-path">
      <path d={rules.join('')} />
      <path className="tl-path-joint" d={joints.join('')} />
    </g>
  );
}
