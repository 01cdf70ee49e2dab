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
  const { needs, modules, refs, streamBase } = state.graph;
  const waits = waiting(state);
  const direct = new Uint32Array(refs.length);
  let all = 0;
  for (let node = 0; node < streamBase; node++) {
    if (waits[node] !== 1) continue;
    if (node < modules) all++;
    for (const need of needs[node] ?? []) {
      if (waits[need] !== 1) direct[need] = (direct[need] ?? 0) + 1;
    }
  }
  if (all === 0) return null;
  const holding: number[] = [];
  direct.forEach((count, node) => {
    if (count > 0 && !isNodeSettled(state, node)) holding.push(node);
  });
  holding.sort((a, b) => (direct[b] ?? 0) - (direct[a] ?? 0) || a - b);
  let worst: Bottleneck | null = null;
  for (const node of holding.slice(0, mostFollowed)) {
    const held = heldBy(state, node, waits);
    if (held > 0 && (worst === null || held > worst.held)) worst = { node, held, all };
  }
  return worst;
}

/** By node, 1: modules that wait, and tiers, gates and streams that something waits for. */
function waiting({ unmet, modules, graph }: RunState): Uint8Array {
  const waits = new Uint8Array(graph.refs.length);
  for (let node = 0; node < waits.length; node++) {
    if (unmet.get(node) === 0) continue;
    if (node >= graph.modules || modules.get(node).life.at !== 'abandoned') waits[node] = 1;
  }
  return waits;
}

function heldBy(state: RunState, from: number, waits: Uint8Array): number {
  const { dependents, modules, refs } = state.graph;
  const seen = new Uint8Array(refs.length);
  seen[from] = 1;
  const held = [from];
  let count = 0;
  // The list grows while it is walked.
  for (const node of held) {
    for (const next of dependents[node] ?? []) {
      if (seen[next] === 1 || waits[next] !== 1) continue;
      seen[next] = 1;
      held.push(next);
      if (next < modules) count++;
    }
  }
  return count;
}
