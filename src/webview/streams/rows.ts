import { t } from '../../core/language.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { refOf, type Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';

/** The lanes of one stream, or of what composes them. */
interface LaneGroup {
  /** The stream's id; {@link GATES} for tiers and gates, {@link REST} for what is in no stream. */
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly number[];
}

/** A line of the time line: a stream's head, or the lane of one of its nodes. */
export interface LaneRow {
  readonly key: string;
  readonly group: LaneGroup;
  /** null: the stream itself, and where it is folded all its lanes in one. */
  readonly node: number | null;
  readonly name: string;
  readonly y: number;
  readonly height: number;
  /** Only of a stream's own row. */
  readonly folded: boolean;
}

export interface Rows {
  readonly rows: readonly LaneRow[];
  /** By node: the middle of its lane; nodes of folded streams are not there. */
  readonly middles: ReadonlyMap<number, number>;
  readonly height: number;
}

export const GATES = ':gates';
const REST = ':rest';
/** Above and below the lanes of a stream. */
const PAD_PX = 6;
const LEAST_PX = 28;
const MOST_PX = 44;
/** More modules than this begin folded: a lane each would be a wall of lines. */
export const MOST_OPEN = 60;

/** Streams in the order of the plan, then what is in none, then tiers and gates. */
export function groupsOf(plan: Plan, graph: Graph): LaneGroup[] {
  const members = new Map<string, number[]>(plan.streams.map(({ id }) => [id, []]));
  const rest: number[] = [];
  plan.modules.forEach(({ stream }, node) => (members.get(stream) ?? rest).push(node));
  const gates = Array.from(
    { length: graph.streamBase - graph.tierBase },
    (_, at) => graph.tierBase + at,
  );
  return [
    ...plan.streams.map(({ id, title }) => ({ id, title, nodes: members.get(id) ?? [] })),
    { id: REST, title: t('Modules'), nodes: rest },
    { id: GATES, title: t('Tiers and gates'), nodes: gates },
  ].filter(({ nodes }) => nodes.length > 0);
}

/** Lanes are as high as there is room for, so that a small plan fills the view and a large one fits more. */
export function laneHeight(groups: readonly LaneGroup[], roomPx: number): number {
  const lanes = groups.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const room = roomPx - groups.length * 2 * PAD_PX;
  return Math.max(LEAST_PX, Math.min(MOST_PX, Math.floor(room / Math.max(1, lanes))));
}

export function rowsOf(
  groups: readonly LaneGroup[],
  graph: Graph,
  folded: ReadonlySet<string>,
  lanePx: number,
): Rows {
  const rows: LaneRow[] = [];
  const middles = new Map<number, number>();
  let y = 0;
  for (const group of groups) {
    const { id, title, nodes } = group;
    const isFolded = folded.has(id);
    const height = (isFolded ? lanePx : nodes.length * lanePx) + 2 * PAD_PX;
    rows.push({ key: id, group, node: null, name: title, y, height, folded: isFolded });
    if (!isFolded) {
      nodes.forEach((node, at) => {
        const top = y + PAD_PX + at * lanePx;
        middles.set(node, top + lanePx / 2);
        const ref = refOf(graph, node);
        const name = nodeName(ref);
        rows.push({ key: ref, group, node, name, y: top, height: lanePx, folded: false });
      });
    }
    y += height;
  }
  return { rows, middles, height: y };
}

/** Those that reach into a stretch of the height; a stream's own row for as long as any lane of it does. */
export const rowsWithin = (rows: readonly LaneRow[], top: number, bottom: number): LaneRow[] =>
  rows.filter(({ y, height }) => y + height >= top && y <= bottom);
