import type { RunState } from '../state.ts';
import { leftByWord } from './left-minutes.ts';
import { isNodeSettled } from './node-words.ts';

/** The chain that decides how long a run still takes, by the estimates, were places free. */
export interface CriticalPath {
  readonly nodes: ReadonlySet<number>;
  /** `from>to`, by node. */
  readonly edges: ReadonlySet<string>;
  readonly minutes: number;
}

interface Ahead {
  readonly minutes: number;
  /** How many nodes follow: of chains that take as long, the one with most leads to the end. */
  readonly hops: number;
  readonly next: number | null;
}

const atEnd: Ahead = { minutes: 0, hops: 0, next: null };

/** Through modules, tiers, gates and streams, to the end; ties go to what the plan names first. */
export function criticalPath(state: RunState): CriticalPath {
  const ahead = aheadOfAll(state);
  const at = (node: number): Ahead => ahead[node] ?? atEnd;
  let start: number | null = null;
  for (let node = 0; node < ahead.length; node++) {
    if (isNodeSettled(state, node)) continue;
    if (start === null || isLonger(at(node), at(start))) start = node;
  }
  const nodes = new Set<number>();
  const edges = new Set<string>();
  const minutes = start === null ? 0 : at(start).minutes;
  for (let node = start; node !== null;) {
    nodes.add(node);
    const { next } = at(node);
    if (next !== null) edges.add(`${node}>${next}`);
    node = next;
  }
  return { nodes, edges, minutes };
}

/** By node. What waits for something unsettled is itself unsettled, so that no chain ends in between. */
function aheadOfAll(state: RunState): readonly Ahead[] {
  const { order, dependents, modules } = state.graph;
  const ahead = order.map(() => atEnd);
  // From the end on: what follows a node is known when it is come to.
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place] ?? 0;
    let best: Ahead | null = null;
    let next: number | null = null;
    for (const dependent of dependents[node] ?? []) {
      const through = ahead[dependent] ?? atEnd;
      if (best === null || isLonger(through, best)) [best, next] = [through, dependent];
    }
    const own = node < modules ? leftByWord(state, node) : 0;
    const hops = best === null ? 0 : best.hops + 1;
    ahead[node] = { minutes: (best?.minutes ?? 0) + own, hops, next };
  }
  return ahead;
}

const isLonger = (a: Ahead, b: Ahead): boolean =>
  a.minutes > b.minutes || (a.minutes === b.minutes && a.hops > b.hops);
