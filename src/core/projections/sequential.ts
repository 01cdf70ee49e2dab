import { refOf } from '../graph.ts';
import { isWork } from './doing.ts';
import { nodeName } from './node-words.ts';
import { runElapsedMs, type Replayed } from './timeline.ts';

/** The work of a module, tier or gate so far, as if it had been done after all before it. */
export interface WorkPiece {
  readonly name: string;
  readonly ms: number;
}

/** In the order in which they were first worked on; what nobody worked on is left out. */
export function workPieces({ state, timeline }: Replayed, at: number): WorkPiece[] {
  const nowMs = runElapsedMs(state, at);
  const pieces: (WorkPiece & { readonly firstMs: number })[] = [];
  for (let node = 0; node < state.graph.streamBase; node++) {
    let [ms, firstMs] = [0, Infinity];
    for (const span of timeline.lanes.get(node)) {
      if (!isWork(span.doing)) continue;
      firstMs = Math.min(firstMs, span.fromMs);
      ms += span.to === null ? Math.max(0, nowMs - span.fromMs) : span.ms;
    }
    if (ms > 0) pieces.push({ name: nodeName(refOf(state.graph, node)), ms, firstMs });
  }
  pieces.sort((a, b) => a.firstMs - b.firstMs);
  return pieces.map(({ name, ms }) => ({ name, ms }));
}
