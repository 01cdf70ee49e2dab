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

/** Through modules, tiers, gates and streams, to the end; ties go to what the plan names first. */
export function criticalPath(state: RunState): CriticalPath {
  const ahead = new Map<number, Ahead>();
  let start: number | null = null;
  for (let node = 0; node < state.graph.refs.length; node++) {
    if (isNodeSettled(state, node)) continue;
    const from = aheadOf(state, node, ahead);
    if (start === null || isLonger(from, aheadOf(state, start, ahead))) start = node;
  }
  const nodes = new Set<number>();
  const edges = new Set<string>();
  const minutes = start === null ? 0 : aheadOf(state, start, ahead).minutes;
  for (let node = start; node !== null;) {
    nodes.add(node);
    const { next } = aheadOf(state, node, ahead);
    if (next !== null) edges.add(`${node}>${next}`);
    node = next;
  }
  return { nodes, edges, minutes };
}

/** What waits for something unsettled is itself unsettled, so that no chain ends in between. */
function aheadOf(state: RunState, node: number, known: Map<number, Ahead>): Ahead {
  const found = known.get(node);
  if (found !== undefined) return found;
  let best: Ahead = { minutes: 0, hops: 0, next: null };
  for (const next of state.graph.dependents[node] ?? []) {
    const { minutes, hops } = aheadOf(state, next, known);
    const through = { minutes, hops: hops + 1, next };
    if (best.next === null || isLonger(through, best)) best = through;
  }
  const own = node < state.graph.modules ? leftByWord(state, node) : 0;
  const ahead = { ...best, minutes: best.minutes + own };
  known.set(node, ahead);
  return ahead;
}

const isLonger = (a: Ahead, b: Ahead): boolean =>
  a.minutes > b.minutes || (a.minutes === b.minutes && a.hops > b.hops);
