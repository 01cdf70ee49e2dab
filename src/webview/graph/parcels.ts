import type { RunEvent } from '../../core/events.ts';
import type { Graph } from '../../core/graph.ts';
import { listed } from '../../core/projections/words.ts';
import type { Grid } from './grid.ts';
import type { Point } from './layout.ts';
import type { Route } from './routes.ts';

/** Something that goes from one module to another along the line that joins them. */
export interface Parcel {
  /** Of its line: one goes along it at a time. */
  readonly id: string;
  readonly way: readonly Point[];
  /** What it brings; '' of a seal, which stands on its card. */
  readonly label: string;
  readonly partial: boolean;
}

/** More at once nobody can follow, however many come. */
export const MOST_PARCELS = 12;

/** What begins to travel when this happens; `under`: the lines on which something is under way. */
export function parcelsOf(
  happened: readonly RunEvent[],
  graph: Graph,
  lines: Lines,
  under: ReadonlySet<string>,
): Parcel[] {
  const begun: Parcel[] = [];
  const taken = new Set(under);
  const send = (from: number, to: number, label: string, partial: boolean): void => {
    const line = taken.size < MOST_PARCELS ? lines.between(from, to) : null;
    if (line === null || taken.has(line.id)) return;
    taken.add(line.id);
    begun.push({ ...line, label, partial });
  };
  for (const event of happened) {
    if (taken.size >= MOST_PARCELS) break;
    if (event.type === 'handoff-delivered') {
      const [from, to] = [graph.moduleIndex.get(event.from), graph.moduleIndex.get(event.to)];
      if (from === undefined || to === undefined) continue;
      send(from, to, listed(event.items, 2), event.partial);
    } else if (event.type === 'module-sealed') {
      const from = graph.moduleIndex.get(event.module);
      for (const to of from === undefined ? [] : (graph.dependents[from] ?? [])) {
        if (from !== undefined && to < graph.modules) send(from, to, '', false);
      }
    }
  }
  return begun;
}

/** The lines between modules, whichever way they are drawn. */
export class Lines {
  readonly #shownAs: readonly number[];
  readonly #byEnds = new Map<string, Route>();

  constructor({ shownAs }: Grid, routes: readonly Route[]) {
    this.#shownAs = shownAs;
    for (const route of routes) {
      // What two share is not given by one to the other.
      if (route.edge === 'resource') continue;
      const ends = `${route.from}>${route.to}`;
      if (!this.#byEnds.has(ends)) this.#byEnds.set(ends, route);
    }
  }

  between(from: number, to: number): Pick<Parcel, 'id' | 'way'> | null {
    const [a, b] = [this.#shownAs[from] ?? from, this.#shownAs[to] ?? to];
    const there = this.#byEnds.get(`${a}>${b}`);
    if (there !== undefined) return { id: there.id, way: there.points };
    const back = this.#byEnds.get(`${b}>${a}`);
    return back === undefined ? null : { id: back.id, way: back.points.toReversed() };
  }
}

/** Where a parcel is when, at an even pace: the corners of its way, each with its share of it. */
export function stations(way: readonly Point[]): (Point & { readonly offset: number })[] {
  let sum = 0;
  const far = way.map((point, i) => {
    const before = way[i - 1] ?? point;
    sum += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    return { ...point, offset: sum };
  });
  return far.map(({ x, y, offset }) => ({ x, y, offset: sum === 0 ? 0 : offset / sum }));
}

/** The middle of the longest stretch of a way, and whether that runs upright. */
export function restingPlace(way: readonly Point[]): Point & { readonly upright: boolean } {
  let best = { x: way[0]?.x ?? 0, y: way[0]?.y ?? 0, upright: true };
  let most = -1;
  way.forEach((end, i) => {
    const start = way[i - 1];
    if (start === undefined) return;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    if (length <= most) return;
    most = length;
    const upright = start.x === end.x;
    best = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, upright };
  });
  return best;
}
