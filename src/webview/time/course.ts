import type { BrokenScale } from './broken-scale.ts';
import type { Mark, MarkKind } from './marks.ts';
import type { Moments } from './moments.ts';

/** Marks of one kind nearer than this are drawn as one. */
const MARK_PX = 7;
const COLUMN_PX = 2;

/** A mark where it is drawn. */
export interface PlacedMark {
  readonly kind: MarkKind;
  readonly x: number;
}

/** A mark moves aside by as much where it would cover one of another kind in its row. */
const ASIDE_PX = 8;

/** What people did is the upper row, verdicts the lower. */
export const isUpper = (kind: MarkKind): boolean => kind === 'amend' || kind === 'you';

/** Marks by place, of those of one kind that would cover each other the first alone. */
export function placedMarks(
  marks: readonly Mark[],
  xOf: (moment: number) => number,
): readonly PlacedMark[] {
  const last = new Map<MarkKind, number>();
  const placed: PlacedMark[] = [];
  for (const { kind, moment } of marks) {
    const x = xOf(moment);
    if (x - (last.get(kind) ?? -Infinity) < MARK_PX) continue;
    last.set(kind, x);
    const covers = placed.findLast((other) => isUpper(other.kind) === isUpper(kind));
    const isOver = covers !== undefined && Math.abs(x - covers.x) < ASIDE_PX - 1;
    placed.push({ kind, x: isOver ? covers.x + ASIDE_PX : x });
  }
  return placed;
}

interface Room {
  readonly width: number;
  /** Where nothing is at work. */
  readonly baseY: number;
  /** Of the most that ever were. */
  readonly heightPx: number;
}

/** The area under how many were at work, as a path of steps; in a column of pixels the most of it. */
export function workPath(
  { busy, times }: Pick<Moments, 'busy' | 'times'>,
  { x, msAt }: Pick<BrokenScale, 'x' | 'msAt'>,
  { width, baseY, heightPx }: Room,
): string {
  const columns: { at: number; most: number; last: number }[] = [];
  let most = 1;
  /** Where the column ends that is filled. */
  let endMs = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < busy.length; index++) {
    const [count, ms] = [busy[index] ?? 0, times[index] ?? 0];
    most = Math.max(most, count);
    let column = columns.at(-1);
    if (column === undefined || ms >= endMs) {
      // Between two events there may be many columns, and in a column of a long run hundreds of events.
      const at = Math.floor(x(ms) / COLUMN_PX);
      endMs = msAt((at + 1) * COLUMN_PX);
      if (column?.at !== at) columns.push((column = { at, most: count, last: count }));
    }
    column.most = Math.max(column.most, count);
    column.last = count;
  }
  let path = `M0 ${baseY}`;
  let y = baseY;
  const step = (toX: number, count: number): void => {
    const next = Math.round((baseY - (count / most) * heightPx) * 10) / 10;
    if (next === y) return;
    path += `H${toX}V${next}`;
    y = next;
  };
  for (const { at, ...column } of columns) {
    step(at * COLUMN_PX, column.most);
    step((at + 1) * COLUMN_PX, column.last);
  }
  return `${path}H${width}V${baseY}Z`;
}
