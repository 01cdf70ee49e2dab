import type { RunState } from '../state.ts';
import { isNodeSettled } from './node-words.ts';

/** What holds up most modules, and does not itself wait. */
export interface Bottleneck {
  readonly node: number;
  /** How many modules cannot go on before it, by a need or through others. */
  readonly held: number;
  /** How many modules wait for anything. */
  readonly all: number;
}

/** So many of those that hold up most directly are followed to what waits behind them. */
const mostFollowed = 8;

/** null where no module waits for another. Of several that hold up as many, the first of the plan. */
export function bottleneck(state: RunState): Bottleneck | null {
  const direct = new Uint32Array(state.graph.refs.length);
  let all = 0;
  for (let node = 0; node < state.graph.streamBase; node++) {
    if (!waits(state, node)) continue;
    if (node < state.graph.modules) all++;
    for (const need of state.graph.needs[node] ?? []) {
      if (!waits(state, need) && !isNodeSettled(state, need)) {
        direct[need] = (direct[need] ?? 0) + 1;
      }
    }
  }
  if (all === 0) return null;
  const holding: number[] = [];
  direct.forEach((count, node) => {
    if (count > 0) holding.push(node);
  });
  holding.sort((a, b) => (direct[b] ?? 0) - (direct[a] ?? 0) || a - b);
  let worst: Bottleneck | null = null;
  for (const node of holding.slice(0, mostFollowed)) {
    const held = heldBy(state, node);
    if (held > 0 && (worst === null || held > worst.held)) worst = { node, held, all };
  }
  return worst;
}

/** Modules that wait, and tiers, gates and streams that something waits for. */
function waits(state: RunState, node: number): boolean {
  if (state.unmet.get(node) === 0) return false;
  return node >= state.graph.modules || state.modules.get(node).life.at !== 'abandoned';
}

function heldBy(state: RunState, from: number): number {
  const { dependents, modules, refs } = state.graph;
  const seen = new Uint8Array(refs.length);
  seen[from] = 1;
  const held = [from];
  let count = 0;
  // The list grows while it is walked.
  for (const node of held) {
    for (const next of dependents[node] ?? []) {
      if (seen[next] === 1 || !waits(state, next)) continue;
      seen[next] = 1;
      held.push(next);
      if (next < modules) count++;
    }
  }
  return count;
}
