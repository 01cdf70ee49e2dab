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
  const direct = new Map<number, number>();
  let all = 0;
  for (let node = 0; node < state.graph.streamBase; node++) {
    if (!waits(state, node)) continue;
    if (node < state.graph.modules) all++;
    for (const need of state.graph.needs[node] ?? []) {
      if (!waits(state, need) && !isNodeSettled(state, need)) {
        direct.set(need, (direct.get(need) ?? 0) + 1);
      }
    }
  }
  if (all === 0) return null;
  const first = [...direct].sort(([a, m], [b, n]) => n - m || a - b).slice(0, mostFollowed);
  let worst: Bottleneck | null = null;
  for (const [node] of first) {
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
  const held = new Set([from]);
  let modules = 0;
  // The set grows while it is walked.
  for (const node of held) {
    for (const next of state.graph.dependents[node] ?? []) {
      if (held.has(next) || !waits(state, next)) continue;
      held.add(next);
      if (next < state.graph.modules) modules++;
    }
  }
  return modules;
}
