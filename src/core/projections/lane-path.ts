import { nodeOfRef } from './node-words.ts';
import { criticalPath } from './critical-path.ts';
import { doingOf, isWork } from './doing.ts';
import type { Expected } from './eta.ts';
import { measuredPath } from './measured-path.ts';
import { runElapsedMs, type Replayed } from './timeline.ts';

/** A stretch of what decides when the run ends, on a lane. */
export interface PathRule {
  readonly node: number;
  /** On the run's own clock. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * While the run goes on: what is at work on the critical path, and what is expected to follow it.
 * Once all modules are sealed: the chain that did decide it.
 */
export function lanePath(
  replayed: Replayed,
  expected: readonly Expected[] | null,
  at: number,
): PathRule[] {
  const { state, timeline } = replayed;
  if (state.phase.at === 'finished' || state.sealed === state.modules.length) {
    return measuredPath(replayed).flatMap(({ node: ref, fromMs, ms }) => {
      const node = nodeOfRef(state.graph, ref);
      return node === null ? [] : [{ node, fromMs, toMs: fromMs + ms }];
    });
  }
  if (expected === null) return [];
  const nowMs = runElapsedMs(state, at);
  const rules: PathRule[] = [];
  for (const node of criticalPath(state).nodes) {
    const left = expected[node];
    if (left === undefined || left.endsMs <= left.startsMs) continue;
    const atWork = isWork(doingOf(state, node));
    const since = timeline.lanes.get(node).at(-1)?.fromMs ?? nowMs;
    const fromMs = atWork ? since : nowMs + left.startsMs;
    rules.push({ node, fromMs, toMs: nowMs + left.endsMs });
  }
  return rules;
}
