import { t } from '../../core/language.ts';
import { refOf } from '../../core/graph.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { Expected } from '../../core/projections/eta.ts';
import { runTime } from '../../core/projections/figures.ts';
import {
  marksOf,
  plainStretchesOf,
  stretchesOf,
  stretchTimes,
  type LaneMark,
  type Stretch,
} from '../../core/projections/lane.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { foldedLane, foldedMarks } from '../../core/projections/stream-lane.ts';
import { duration, roughly } from '../../core/projections/words.ts';
import { GATES, type LaneRow } from './rows.ts';

/** One thing on a lane: a stretch of time, what is expected of it, or a mark. */
export interface Cell {
  readonly look: Stretch['kind'] | 'expected' | 'mark';
  /** Of a mark. */
  readonly mark: LaneMark['kind'] | null;
  readonly fromMs: number;
  /** Until where it is drawn; what waits is drawn until it may begin. */
  readonly toMs: number;
  readonly label: string;
  /** Line by line, as it is shown and read aloud. */
  readonly says: readonly string[];
  /** Of a seal that was put in question again: until when it stood. */
  readonly stoodMs: number | null;
}

/** What is known at the time that is shown. */
export interface Shown {
  readonly chronicle: Chronicle;
  /** UTC milliseconds, and on the run's own clock. */
  readonly at: number;
  readonly nowMs: number;
  readonly expected: readonly Expected[] | null;
}

/** In the order of time; on one lane for many, marks nearer than `nearMs` are one. */
export function cellsOf(row: LaneRow, shown: Shown, nearMs: number): Cell[] {
  const { chronicle, at, nowMs } = shown;
  if (row.node === null) {
    return row.folded ? foldedCells(row, shown, nearMs) : [];
  }
  const left = shown.expected?.[row.node];
  const isAhead = left !== undefined && left.endsMs > left.startsMs;
  const startsMs = isAhead ? nowMs + left.startsMs : nowMs;
  const stretches = stretchesOf(chronicle, row.node, at);
  const cells = stretches.map((stretch) => {
    const waits = stretch.lasts && stretch.kind === 'waiting';
    return stretchCell(stretch, waits ? Math.max(stretch.toMs, startsMs) : stretch.toMs);
  });
  for (const mark of marksOf(chronicle, row.node)) cells.push(markCell(mark));
  if (isAhead) cells.push(expectedCell(startsMs, nowMs + left.endsMs));
  return cells.sort(inTime);
}

/** What ended a stretch is told before the next one. */
function inTime(a: Cell, b: Cell): number {
  const order = ({ mark }: Cell): number => (mark === null ? 1 : 0);
  return a.fromMs - b.fromMs || order(a) - order(b);
}

function foldedCells(
  { group }: LaneRow,
  { chronicle, at, nowMs, expected }: Shown,
  nearMs: number,
): Cell[] {
  const lanes = group.nodes.map((node) => plainStretchesOf(chronicle, node, at));
  const stretches = foldedLane(lanes, group.id === GATES ? 'lane' : 'module');
  const cells = stretches.map((stretch) => stretchCell(stretch, stretch.toMs));
  const { graph } = chronicle.state;
  const marks = group.nodes.map((node) => {
    return { name: nodeName(refOf(graph, node)), marks: marksOf(chronicle, node) };
  });
  for (const mark of foldedMarks(marks, nearMs)) cells.push(markCell(mark));
  cells.sort(inTime);
  let [startsMs, endsMs] = [Infinity, 0];
  for (const node of group.nodes) {
    const left = expected?.[node];
    if (left === undefined || left.endsMs <= left.startsMs) continue;
    startsMs = Math.min(startsMs, left.startsMs);
    endsMs = Math.max(endsMs, left.endsMs);
  }
  return endsMs === 0 ? cells : [...cells, expectedCell(nowMs + startsMs, nowMs + endsMs)];
}

function stretchCell(stretch: Stretch, toMs: number): Cell {
  const { kind, fromMs, label, says, lasts } = stretch;
  const isEnd = kind === 'sealed' || kind === 'abandoned';
  return {
    ...{ look: kind, mark: null, fromMs, toMs, label },
    says: [says, isEnd ? t('at {0}', runTime(fromMs)) : stretchTimes(stretch)],
    stoodMs: isEnd && !lasts ? stretch.toMs : null,
  };
}

const markCell = ({ kind, atMs, says }: LaneMark): Cell => ({
  ...{ look: 'mark', mark: kind, fromMs: atMs, toMs: atMs, label: '' },
  says: [says, t('at {0}', runTime(atMs))],
  stoodMs: null,
});

const expectedCell = (fromMs: number, toMs: number): Cell => ({
  ...{ look: 'expected', mark: null, fromMs, toMs, label: '' },
  says: [
    t('Expected {0}–{1}', runTime(fromMs), runTime(toMs)),
    t(
      '{0}, by the estimates and the pace so far',
      toMs - fromMs < 5_000 ? duration(toMs - fromMs) : roughly(toMs - fromMs),
    ),
  ],
  stoodMs: null,
});
