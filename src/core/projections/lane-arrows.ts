import { grouped } from '../collections/grouped.ts';
import type { Vector } from '../collections/vector.ts';
import { refOf } from '../graph.ts';
import type { HandoffState } from '../handoff.ts';
import type { ModuleId } from '../ids.ts';
import { t } from '../language.ts';
import type { Chronicle } from './chronicle.ts';
import type { HandedPart } from './history.ts';
import { laneMs } from './lane.ts';
import { nodeName } from './node-words.ts';
import { listed } from './words.ts';

/** Something went from one lane to another. */
export interface LaneArrow {
  readonly from: number;
  readonly to: number;
  /** On the run's own clock. */
  readonly atMs: number;
  /** The other went on because this was sealed, or got something of it, or a part of that. */
  readonly kind: 'seal' | 'handoff' | 'part';
  readonly says: string;
}

/** What came to a node: the seal, each time, that ended its waiting, and what was handed to it. */
export function arrowsTo(chronicle: Chronicle, node: number): readonly LaneArrow[] {
  let known = made.get(chronicle);
  if (known === undefined) made.set(chronicle, (known = new Map<number, readonly LaneArrow[]>()));
  let arrows = known.get(node);
  if (arrows === undefined) known.set(node, (arrows = makeArrows(chronicle, node)));
  return arrows;
}

/** Who scrolls sees the same lanes again and again. */
const made = new WeakMap<Chronicle, Map<number, readonly LaneArrow[]>>();

function makeArrows(chronicle: Chronicle, node: number): LaneArrow[] {
  const arrows = sealsFor(chronicle, node);
  const { state, timeline } = chronicle;
  if (node >= state.graph.modules) return arrows;
  for (const handoff of deliveredTo(state.handoffs, state.modules.get(node).id)) {
    const from = state.graph.moduleIndex.get(handoff.from);
    if (from === undefined || handoff.deliveredAt === null) continue;
    const atMs = laneMs(timeline.lanes.get(from), handoff.deliveredAt);
    if (arrows.some((arrow) => arrow.from === from && arrow.atMs === atMs)) continue;
    const says =
      handoff.items.length === 0
        ? t('{0} hands over to {1}', handoff.from, handoff.to)
        : t('{0} hands {1} {2}', handoff.from, handoff.to, listed(handoff.items));
    arrows.push({ from, to: node, atMs, kind: 'handoff', says });
  }
  for (const part of partsTo(chronicle.history.parts.toArray(), state.modules.get(node).id)) {
    const from = state.graph.moduleIndex.get(part.from);
    if (from === undefined) continue;
    const atMs = laneMs(timeline.lanes.get(from), part.at);
    const says = t('{0} hands {1} a part: {2}', part.from, part.to, listed(part.items));
    arrows.push({ from, to: node, atMs, kind: 'part', says });
  }
  return arrows;
}

function sealsFor({ state, timeline }: Chronicle, node: number): LaneArrow[] {
  const { graph } = state;
  const { lanes } = timeline;
  const needs = [...(graph.needs[node] ?? []), ...(graph.soft[node] ?? [])].filter(
    (need) => need < graph.streamBase,
  );
  if (needs.length === 0) return [];
  const arrows: LaneArrow[] = [];
  for (const { doing, fromMs, ms, to } of lanes.get(node)) {
    if (doing !== 'waiting' || to === null) continue;
    const endMs = fromMs + ms;
    let [last, lastMs] = [-1, -1];
    for (const need of needs) {
      for (const span of lanes.get(need)) {
        const ended = span.doing === 'done' && span.fromMs >= fromMs && span.fromMs <= endMs;
        if (ended && span.fromMs > lastMs) [last, lastMs] = [need, span.fromMs];
      }
    }
    if (last < 0) continue;
    const [provider, consumer] = [refOf(graph, last), refOf(graph, node)].map(nodeName);
    const says = t('{0} goes on: {1} is settled', consumer ?? '', provider ?? '');
    arrows.push({ from: last, to: node, atMs: lastMs, kind: 'seal', says });
  }
  return arrows;
}

/** By receiver; made once for each state of the handoffs. */
const delivered = new WeakMap<Vector<HandoffState>, Map<ModuleId, HandoffState[]>>();

function deliveredTo(handoffs: Vector<HandoffState>, to: ModuleId): readonly HandoffState[] {
  let known = delivered.get(handoffs);
  if (known === undefined) {
    known = grouped(
      [...handoffs].filter(({ deliveredAt }) => deliveredAt !== null),
      (each) => each.to,
    );
    delivered.set(handoffs, known);
  }
  return known.get(to) ?? [];
}

/** By receiver; made once for each list of parts. */
const handedParts = new WeakMap<readonly HandedPart[], Map<ModuleId, HandedPart[]>>();

function partsTo(parts: readonly HandedPart[], to: ModuleId): readonly HandedPart[] {
  let known = handedParts.get(parts);
  if (known === undefined) handedParts.set(parts, (known = grouped(parts, (each) => each.to)));
  return known.get(to) ?? [];
}
