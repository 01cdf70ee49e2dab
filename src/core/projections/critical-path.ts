import type { RunState } from '../state.ts';
import { leftByWord } from './left-minutes.ts';
import { settledNodes } from './node-words.ts';

/** The chain that decides how long a run still takes, by the estimates, were places free. */
export interface CriticalPath {
  readonly nodes: ReadonlySet<number>;
  /** `from>to`, by node. */
  readonly edges: ReadonlySet<string>;
  readonly minutes: number;
}

/** By node: what follows it to the end. */
interface Ahead {
  readonly minutes: Float64Array;
  /** How many nodes follow: of chains that take as long, the one with most leads to the end. */
  readonly hops: Int32Array;
  /** The one that follows; -1 at the end. */
  readonly next: Int32Array;
}

/**
 * Through modules, tiers, gates and streams, to the end; ties go to what the plan names first.
 *
 * @param settled by node, 1 where it is settled
 */
export function criticalPath(state: RunState, settled = settledNodes(state)): CriticalPath {
  const ahead = aheadOfAll(state);
  let start = -1;
  for (let node = 0; node < settled.length; node++) {
    if (settled[node] === 1) continue;
    if (start === -1 || isLonger(ahead, node, start)) start = node;
  }
  const nodes = new Set<number>();
  const edges = new Set<string>();
  for (let node = start; node !== -1;) {
    nodes.add(node);
    const next = ahead.next[node] ?? -1;
    if (next !== -1) edges.add(`${node}>${next}`);
    node = next;
  }
  return { nodes, edges, minutes: ahead.minutes[start] ?? 0 };
}

/** What waits for something unsettled is itself unsettled, so that no chain ends in between. */
function aheadOfAll(state: RunState): Ahead {
  const { order, dependents, modules } = state.graph;
  const ahead: Ahead = {
    minutes: new Float64Array(order.length),
    hops: new Int32Array(order.length),
    next: new Int32Array(order.length).fill(-1),
  };
  const { minutes, hops, next } = ahead;
  // From the end on: what follows a node is known when it is come to.
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place] ?? 0;
    let best = -1;
    for (const dependent of dependents[node] ?? []) {
      if (best === -1 || isLonger(ahead, dependent, best)) best = dependent;
    }
    const own = node < modules ? leftByWord(state, node) : 0;
    minutes[node] = (minutes[best] ?? 0) + own;
    hops[node] = best === -1 ? 0 : (hops[best] ?? 0) + 1;
    next[node] = best;
  }
  return ahead;
}

function isLonger({ minutes, hops }: Ahead, a: number, b: number): boolean {
  const [of, than] = [minutes[a] ?? 0, minutes[b] ?? 0];
  return of > than || (of === than && (hops[a] ?? 0) > (hops[b] ?? 0));
}
