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
  const ahead: (Ahead | undefined)[] = [];
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
function aheadOf(state: RunState, node: number, known: (Ahead | undefined)[]): Ahead {
  const found = known[node];
  if (found !== undefined) return found;
  let best: Ahead | null = null;
  let next: number | null = null;
  for (const dependent of state.graph.dependents[node] ?? []) {
    const through = aheadOf(state, dependent, known);
    if (best === null || isLonger(through, best)) [best, next] = [through, dependent];
  }
  const own = node < state.graph.modules ? leftByWord(state, node) : 0;
  const ahead: Ahead = {
    minutes: (best?.minutes ?? 0) + own,
    hops: best === null ? 0 : best.hops + 1,
    next,
  };
  known[node] = ahead;
  return ahead;
}

const isLonger = (a: Ahead, b: Ahead): boolean =>
  a.minutes > b.minutes || (a.minutes === b.minutes && a.hops > b.hops);
